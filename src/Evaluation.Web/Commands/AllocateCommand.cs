using System.CommandLine;
using System.Globalization;
using System.Text;
using Evaluation.Jobs.Allocating;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary><c>allocate --policy FILE.yaml --units FILE.csv</c>: awards by a policy, without a database.</summary>
internal static class AllocateCommand
{
    private const string BudgetName = "budget";

    private static readonly Option<FileInfo> Policy = new("--policy")
    {
        Description = "An award policy, such as rules/reference/heif/policy.yaml",
        HelpName = "FILE.yaml",
        Required = true,
    };

    private static readonly Option<FileInfo> Units = new("--units")
    {
        Description = "CSV with a row a unit: column unit, and the columns the policy uses",
        HelpName = "FILE.csv",
        Required = true,
    };

    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "File for the awards (unit,award,because_zh,because_en). Default: standard output",
        HelpName = "FILE.csv",
    };

    private static readonly Option<FileInfo?> PaymentsOut = new("--payments")
    {
        Description = "File for the payments, by instalment",
        HelpName = "FILE.csv",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Another value of a parameter of the policy, or of the budget; may be given several times",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<string[]> Where = new("--where")
    {
        Description = "Only rows with this value in this column; may be given several times",
        HelpName = "COLUMN=VALUE",
    };

    private static readonly Option<DateOnly?> AsOf = ScoreCommand.AsOfOption();

    public static Command Create()
    {
        var command = new Command("allocate", "Share out money by an award policy, without a database.")
        {
            Policy, Units, Out, PaymentsOut, Set, Where, AsOf,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var console = parsed.InvocationConfiguration;
        var policy = Loaded(Existing(parsed.GetRequiredValue(Policy)));
        var settings = Pairs(parsed.GetValue(Set) ?? [], "--set");
        var budget = settings.Remove(BudgetName, out var given) ? Amount(given) : (decimal?)null;
        policy = With(policy, settings);
        var (units, unused) = UnitsFile.Read(
            Existing(parsed.GetRequiredValue(Units)).ToString(), policy, Pairs(parsed.GetValue(Where) ?? [], "--where"));
        if (unused.Count > 0) console.Error.WriteLine($"Not used by the policy: {string.Join(", ", unused)}");
        var outcome = PolicyRun.Of(policy, units, parsed.GetValue(AsOf), budget);
        foreach (var pool in outcome.Pools.Where(pool => pool.Unspent is not null))
        {
            console.Error.WriteLine($"{pool.Pool}: {pool.Unspent!.Zh} {pool.Unspent.En}");
        }

        Write(outcome, parsed.GetValue(Out), console);
        if (parsed.GetValue(PaymentsOut) is { } payments)
        {
            using var file = payments.Create();
            AllocateFiles.WritePayments(outcome, file);
        }

        console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"pot {AllocateFiles.Number(outcome.Pot.Yuan)} spent {AllocateFiles.Number(outcome.Spent.Yuan)} units {outcome.Units.Count}"));
        return CommandLine.Ok;
    }

    /// <summary>The policy of a file.</summary>
    internal static PolicyFile Loaded(FileInfo file)
    {
        try
        {
            return PolicyLoader.Load(file.ToString(), new UTF8Encoding(false, true).GetString(File.ReadAllBytes(file.FullName)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            throw new RuleSetException([new RuleProblem(
                new FileLocation(file.ToString(), 1), "the file is not UTF-8", "save it as UTF-8 and try again")]);
        }
    }

    private static PolicyFile With(PolicyFile policy, Dictionary<string, string> settings)
    {
        try
        {
            return policy.With(settings.ToDictionary(pair => pair.Key, pair => ValueOf(pair.Value)));
        }
        catch (KeyNotFoundException unknown)
        {
            throw new WrongUseException(unknown.Message);
        }
    }

    private static FeelValue ValueOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static decimal Amount(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= 0m
            ? amount
            : throw new WrongUseException($"--set budget takes an amount of at least 0, not '{text}'.");

    /// <summary>What <c>NAME=VALUE</c> arguments say.</summary>
    internal static Dictionary<string, string> Pairs(string[] given, string option)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new WrongUseException($"{option} takes NAME=VALUE, not '{one}'.");
            pairs[one[..at].Trim()] = one[(at + 1)..].Trim();
        }

        return pairs;
    }

    private static void Write(PolicyOutcome outcome, FileInfo? file, InvocationConfiguration console)
    {
        using var table = new MemoryStream();
        AllocateFiles.WriteAwards(outcome, table);
        if (file is null) console.Output.Write(Encoding.UTF8.GetString(table.ToArray()));
        else File.WriteAllBytes(file.FullName, table.ToArray());
    }

    /// <summary>A file that must be there.</summary>
    internal static FileInfo Existing(FileInfo file) =>
        file.Exists ? file : throw new WrongUseException($"There is no file {file}.");
}
