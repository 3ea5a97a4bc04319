using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting.Institutions;

public sealed class InstitutionStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly ImportRoom room = new(ImportRoom.Units);
    private readonly InstitutionStore store = new(postgres.Database, TimeProvider.System);

    public void Dispose() => room.Dispose();

    private static InstitutionAlias Alias(string value, string unit, string scheme = "name") => new(
        scheme, value, unit, "proposed", "same-form", new Bilingual("理", "why"), default, null, null, null);

    [Fact]
    public async Task A_name_counts_only_when_a_person_confirmed_it_and_files_are_read_anew_then()
    {
        await store.Put(new Institution("u-nanjing", new Bilingual("南京某院", "Nanjing"), new Bilingual("江苏", "Jiangsu")));
        (await store.Propose([Alias("南京  某院", "u-nanjing")])).ShouldBe(1);
        (await store.Propose([Alias("南京  某院", "u-nanjing")])).ShouldBe(0, "nobody is asked twice");
        var path = room.Put("x_units.csv", "institution,instruments,utilisation_percent,external_share_percent\n南京\u00A0某院,1,5,6\n");

        var before = new Recognition(room.Rules, await store.Confirmed()).Look([path]).Files.Single();
        new Importer(room.Rules).Look(before, found => Unit(found).ShouldBe("南京 某院"));

        (await store.Decide(Alias("南京  某院", "u-nanjing"), true, "数据管理员", "印章一致")).ShouldBeTrue();
        var after = new Recognition(room.Rules, await store.Confirmed()).Look([path]).Files.Single();
        after.Document.ShouldNotBe(before.Document, "what was confirmed since is part of what the document says");
        var names = new List<string>();
        new Importer(room.Rules).Look(after, found => names.Add(Unit(found)));
        names.Distinct().ShouldBe(["u-nanjing"]);

        var decided = (await store.Aliases("confirmed")).Single(alias => alias.Unit == "u-nanjing");
        (decided.DecidedBy, decided.Reason).ShouldBe(("数据管理员", "印章一致"));
        decided.DecidedAt.ShouldNotBeNull();
    }

    private static string Unit(Collected found) => found switch
    {
        CollectedObservation one => one.Observation.Unit,
        CollectedUnit one => one.Unit.Unit,
        _ => throw new InvalidOperationException(found.ToString()),
    };

    [Fact]
    public async Task A_name_means_one_institution_until_that_is_refused()
    {
        await store.Put(new Institution("a", new Bilingual("甲", "A"), null));
        await store.Put(new Institution("b", new Bilingual("乙", "B"), null));
        (await store.Decide(Alias("00x", "a", "ror"), true, "数据管理员", "网站")).ShouldBeTrue();
        (await store.Decide(Alias("00x", "b", "ror"), true, "李某", "网站")).ShouldBeFalse();
        (await store.Decide(Alias("00x", "a", "ror"), false, "数据管理员", "看错了")).ShouldBeTrue();
        (await store.Decide(Alias("00x", "b", "ror"), true, "李某", "网站")).ShouldBeTrue();
        (await store.Confirmed()).Where(alias => alias.Unit == "b").Select(alias => alias.Alias).ShouldBe(["00x", "ror:00x"]);
    }
}
