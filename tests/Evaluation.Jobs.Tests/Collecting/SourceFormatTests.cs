using Evaluation.Jobs.Collecting;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class SourceFormatTests
{
    [Fact]
    public void Every_format_that_is_read_may_be_named_by_a_profile() =>
        SourceFormats.All.Select(format => format.Name).ShouldBeSubsetOf(ImportFormats.All);

    [Fact]
    public void No_two_formats_answer_to_one_name()
    {
        var names = SourceFormats.All.SelectMany(format => format.Aliases.Prepend(format.Name));

        names.ShouldBeUnique();
    }
}
