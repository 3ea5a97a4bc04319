using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What a decision table decided, in words: which rule, by which of its conditions.</summary>
internal sealed class TableWords(
    CompiledScheme scheme, TablePoints rule, TableForm form, FeelValue[] slots, UnitOfMeasure unit)
{
    private readonly FeelValue[] _inputs = form.Inputs(slots);

    /// <summary>Writes the rules that decided, up to the points they give.</summary>
    public void Write(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        var rows = form.Answer(slots).Rows;
        if (rows.Count == 0)
        {
            text.Add(zh ? "表中没有规则适用，" : "no rule of the table applies, ");
            text.Add(rule.Default is null ? zh ? "" : "which gives " : zh ? "按表的缺省值" : "so its default gives ");
            return;
        }

        switch (rule.Hits)
        {
            case TableHits.Sum:
                Added(text, rows, language);
                break;
            case TableHits.Count:
                Counted(text, rows, language);
                break;
            default:
                One(text, rows[0], language);
                break;
        }
    }

    /// <summary>The conditions of a rule, joined.</summary>
    public Bilingual Conditions(int row)
    {
        using var text = SentenceWriter.Start();
        Conditions(text, row, Language.Zh, found: false);
        var zh = text.Take();
        Conditions(text, row, Language.En, found: false);
        return new Bilingual(zh, text.Take());
    }

    private void One(SentenceWriter text, int row, Language language)
    {
        var (number, note) = (rule.Rows[row].Number, rule.Rows[row].Note);
        var least = rule.Hits == TableHits.Min;
        var chosen = least || rule.Hits == TableHits.Max;
        if (language == Language.Zh)
        {
            if (chosen) text.Add(least ? "适用的规则中取得分最低的，即" : "适用的规则中取得分最高的，即");
            text.Add($"表中第 {number} 条规则");
            if (note is not null) text.Add($"“{note.Zh}”");
            text.Add("：");
        }
        else
        {
            if (chosen) text.Add(least ? "the least of the rules that apply, " : "the best of the rules that apply, ");
            text.Add($"rule {number} of the table");
            if (note is not null) text.Add($" (\"{note.En}\")");
            text.Add(": ");
        }

        Conditions(text, row, language, found: true);
        text.Add(language == Language.Zh ? "，" : ", which gives ");
    }

    private void Added(SentenceWriter text, IReadOnlyList<int> rows, Language language)
    {
        var zh = language == Language.Zh;
        text.Add(zh ? "表中适用的规则：" : "rules of the table that apply: ");
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0) text.Add(zh ? "、" : ", ");
            Named(text, rows[i], language);
            if (!zh) text.Add(" ");
            if (scheme.Formula(rule.Rows[rows[i]].Points).TryNumber(slots, out var points))
            {
                text.Add(points, 0, NumberText.MostDecimalsOfPoints);
            }

            if (zh) text.Add(" 分");
        }

        text.Add(zh ? "，共" : "; together ");
    }

    private void Counted(SentenceWriter text, IReadOnlyList<int> rows, Language language)
    {
        var zh = language == Language.Zh;
        if (zh) text.Add($"表中有 {rows.Count} 条规则适用：");
        else if (rows.Count == 1) text.Add("1 rule of the table applies: ");
        else text.Add($"{rows.Count} rules of the table apply: ");
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0) text.Add(zh ? "、" : ", ");
            Named(text, rows[i], language);
        }

        text.Add(zh ? "，每条 1 分，" : "; one point each, which gives ");
    }

    private void Named(SentenceWriter text, int row, Language language)
    {
        var (number, note) = (rule.Rows[row].Number, rule.Rows[row].Note);
        if (language == Language.Zh) text.Add($"第 {number} 条（");
        else text.Add($"rule {number} (");
        if (note is not null) text.Add(note.In(language));
        else Conditions(text, row, language, found: true);
        text.Add(language == Language.Zh ? "）" : ")");
    }

    // A rule that tests nothing takes everything.
    private void Conditions(SentenceWriter text, int row, Language language, bool found)
    {
        var place = text.Length;
        for (var column = 0; column < rule.Columns.Count; column++)
        {
            if (rule.Rows[row].Tests[column].Tests.Root.Tests.Count == 0) continue;
            if (text.Length > place) text.Add(language == Language.Zh ? "、" : ", ");
            Cell(text, row, column, language, found);
        }

        if (text.Length == place) text.Add(language == Language.Zh ? "不论何种情形" : "whatever the facts");
    }

    /// <summary>One condition of a rule with the name of what it tests.</summary>
    private void Cell(SentenceWriter text, int row, int column, Language language, bool found)
    {
        var zh = language == Language.Zh;
        var input = rule.Columns[column].Input.Expression;
        var test = rule.Rows[row].Tests[column];
        if (input.Root is FeelName { Name: CompiledScheme.ValueName })
        {
            text.Add(zh ? "数值" : "value ");
            text.Add(ConditionWords.Of(scheme, slots, language, test, unit));
            return;
        }

        var named = input.Root is FeelName name ? scheme.Named(name.Name) : null;
        var measured = named?.Unit ?? UnitOfMeasure.All["index"];
        if (zh && !found) text.Add("“");
        Label(text, input, named?.Name, language);
        if (!found) text.Add(zh ? "”" : ": ");
        else if (!_inputs[column].IsNumber) text.Add(zh ? "为" : " ");
        else text.Add(named is null ? " = " : " ");
        if (found) Shown(text, _inputs[column], measured, language);
        if (found && !_inputs[column].IsNumber) return;
        if (found) text.Add(zh ? "（" : " (");
        text.Add(ConditionWords.Of(scheme, slots, language, test, measured));
        if (found) text.Add(zh ? "）" : ")");
    }

    private void Label(SentenceWriter text, FeelExpression input, Bilingual? name, Language language)
    {
        var zh = language == Language.Zh;
        if (name is not null && zh) text.Add(name.Zh);
        else if (name is not null) text.AddInside(name.En);
        else if (!FormulaWords.Write(text, scheme, slots, language, input))
        {
            text.Add(zh ? "“" : "\"");
            text.Add(input.Text);
            text.Add(zh ? "”" : "\"");
        }
    }

    private void Shown(SentenceWriter text, FeelValue value, UnitOfMeasure measured, Language language)
    {
        if (value.TryNumber(out var number)) NumberText.WriteInput(text, number, measured, language);
        else text.Add(value.Kind switch
        {
            FeelKind.String => scheme.AnswerName(value.AsString(), language),
            FeelKind.Boolean => scheme.AnswerName(value.IsTrue ? "yes" : "no", language),
            FeelKind.Null => language == Language.Zh ? "“无数据”" : "not known",
            _ => value.ToString(),
        });
    }
}
