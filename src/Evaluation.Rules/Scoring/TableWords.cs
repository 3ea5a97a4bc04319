using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What a decision table decided, in words: which rule, by which of its conditions.</summary>
internal sealed class TableWords(
    CompiledScheme scheme, TablePoints rule, TableForm form, FeelValue[] slots, UnitOfMeasure unit)
{
    private readonly FeelValue[] _inputs = form.Inputs(slots);

    /// <summary>The rules that decided and what they give.</summary>
    /// <param name="total">Points and maximum, as the sentence says them.</param>
    public Bilingual Of(Bilingual total)
    {
        var rows = form.Answer(slots).Rows;
        if (rows.Count == 0) return Without(total);
        return rule.Hits switch
        {
            TableHits.Sum => Added(rows, total),
            TableHits.Count => Counted(rows, total),
            TableHits.Min => One("适用的规则中取得分最低的，即", "the least of the rules that apply, ", rows[0], total),
            TableHits.Max => One("适用的规则中取得分最高的，即", "the best of the rules that apply, ", rows[0], total),
            _ => One("", "", rows[0], total),
        };
    }

    /// <summary>The conditions of a rule, joined.</summary>
    public Bilingual Conditions(int row) => new(Conditions(row, Language.Zh, false), Conditions(row, Language.En, false));

    /// <summary>One condition of a rule with the name of what it tests.</summary>
    public Bilingual Condition(int row, int column) =>
        new(Cell(row, column, Language.Zh, false), Cell(row, column, Language.En, false));

    private Bilingual Without(Bilingual total) => rule.Default is null
        ? new($"表中没有规则适用，{total.Zh}", $"no rule of the table applies, which gives {total.En}")
        : new($"表中没有规则适用，按表的缺省值{total.Zh}", $"no rule of the table applies, so its default gives {total.En}");

    private Bilingual One(string zh, string en, int row, Bilingual total)
    {
        var number = rule.Rows[row].Number;
        var note = rule.Rows[row].Note is { } known ? new Bilingual($"“{known.Zh}”", $" (\"{known.En}\")") : new("", "");
        return new(
            $"{zh}表中第 {number} 条规则{note.Zh}：{Conditions(row, Language.Zh, true)}，{total.Zh}",
            $"{en}rule {number} of the table{note.En}: {Conditions(row, Language.En, true)}, which gives {total.En}");
    }

    private Bilingual Added(IReadOnlyList<int> rows, Bilingual total)
    {
        string Points(int row) => scheme.Formula(rule.Rows[row].Points).TryNumber(slots, out var points)
            ? NumberText.Plain(points, 0, NumberText.MostDecimalsOfPoints)
            : "";
        return new(
            $"表中适用的规则：{string.Join("、", rows.Select(row => $"{Named(row, Language.Zh)}{Points(row)} 分"))}，共{total.Zh}",
            $"rules of the table that apply: {string.Join(", ", rows.Select(row => $"{Named(row, Language.En)} {Points(row)}"))}; "
                + $"together {total.En}");
    }

    private Bilingual Counted(IReadOnlyList<int> rows, Bilingual total) => new(
        $"表中有 {rows.Count} 条规则适用：{string.Join("、", rows.Select(row => Named(row, Language.Zh)))}，每条 1 分，{total.Zh}",
        $"{(rows.Count == 1 ? "1 rule of the table applies" : $"{rows.Count} rules of the table apply")}: "
            + $"{string.Join(", ", rows.Select(row => Named(row, Language.En)))}; one point each, which gives {total.En}");

    private string Named(int row, Language language)
    {
        var (number, says) = (rule.Rows[row].Number, rule.Rows[row].Note?.In(language) ?? Conditions(row, language, true));
        return language == Language.Zh ? $"第 {number} 条（{says}）" : $"rule {number} ({says})";
    }

    // A rule that tests nothing takes everything.
    private string Conditions(int row, Language language, bool found)
    {
        var cells = Enumerable.Range(0, rule.Columns.Count)
            .Where(column => rule.Rows[row].Tests[column].Tests.Root.Tests.Count > 0)
            .Select(column => Cell(row, column, language, found))
            .ToList();
        if (cells.Count == 0) return language == Language.Zh ? "不论何种情形" : "whatever the facts";
        return string.Join(language == Language.Zh ? "、" : ", ", cells);
    }

    private string Cell(int row, int column, Language language, bool found)
    {
        var zh = language == Language.Zh;
        var input = rule.Columns[column].Input.Expression;
        var test = rule.Rows[row].Tests[column];
        if (input.Root is FeelName { Name: CompiledScheme.ValueName })
        {
            var asked = ConditionWords.Of(scheme, slots, language, test, unit);
            return zh ? "数值" + asked : "value " + asked;
        }

        var named = input.Root is FeelName name ? scheme.Named(name.Name) : null;
        var measured = named?.Unit ?? UnitOfMeasure.All["index"];
        var label = named is { } known
            ? zh ? known.Name.Zh : FormulaWords.LowerFirst(known.Name.En)
            : FormulaWords.Of(scheme, slots, language, input) ?? (zh ? $"“{input.Text}”" : $"\"{input.Text}\"");
        var condition = ConditionWords.Of(scheme, slots, language, test, measured);
        if (!found) return zh ? $"“{label}”{condition}" : $"{label}: {condition}";
        var value = Shown(_inputs[column], measured, language);
        if (!_inputs[column].IsNumber) return zh ? $"{label}为{value}" : $"{label} {value}";
        var shown = named is null ? $"{label} = {value}" : $"{label} {value}";
        return zh ? $"{shown}（{condition}）" : $"{shown} ({condition})";
    }

    private string Shown(FeelValue value, UnitOfMeasure measured, Language language) => value.Kind switch
    {
        FeelKind.Number => NumberText.With(NumberText.Input(value.AsNumber(), measured), measured, language),
        FeelKind.String => scheme.AnswerName(value.AsString(), language),
        FeelKind.Boolean => scheme.AnswerName(value.IsTrue ? "yes" : "no", language),
        FeelKind.Null => language == Language.Zh ? "“无数据”" : "not known",
        _ => value.ToString(),
    };
}
