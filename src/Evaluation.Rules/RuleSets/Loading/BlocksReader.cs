using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads the blocks of a scheme and the indicator files they name.</summary>
internal sealed class BlocksReader(RuleFiles files, string folder, RuleNames names, ProblemList problems)
{
    private const string CasesEnd = ".cases.yaml";

    private readonly Dictionary<string, Indicator> _files = new(StringComparer.Ordinal);
    private readonly List<(string Id, FileLocation Location)> _listed = [];

    public IReadOnlyList<Block> Read(MapReader scheme)
    {
        ReadFiles();
        var blocks = scheme.List("blocks").Select(BlockOf).ToList();
        CommonParts.RefuseRepeats(problems, blocks.Select(block => (block.Id, block.Location)), "the block");
        CommonParts.RefuseRepeats(problems, _listed, "the indicator");
        foreach (var orphan in _files.Values.Where(file => _listed.All(listed => listed.Id != file.Id)))
        {
            problems.Add(orphan.Location, $"no block lists the indicator {orphan.Id}",
                $"add {orphan.Id} to the indicators of a block in {folder}scheme.yaml, or delete the file");
        }

        return blocks;
    }

    private void ReadFiles()
    {
        var paths = files.Under(folder + "indicators/");
        var reader = new IndicatorReader(problems, names, files);
        foreach (var path in paths.Where(path => !path.EndsWith(CasesEnd, StringComparison.Ordinal)))
        {
            var indicator = reader.Read(files.Take(path)!, CasesBeside(path));
            if (!_files.TryAdd(indicator.Id, indicator))
            {
                problems.Add(indicator.Location,
                    $"the indicator {indicator.Id} has another file: {_files[indicator.Id].Location.Path}",
                    "give each its own id");
            }

            CheckFileName(path, indicator);
        }

        foreach (var path in paths.Where(path => path.EndsWith(CasesEnd, StringComparison.Ordinal) && files.IsUntaken(path)))
        {
            files.Take(path);
            problems.Add(new FileLocation(path, 1), "these cases stand beside no indicator file",
                $"name the file like its indicator's: {path[..^CasesEnd.Length]}.yaml is not there");
        }
    }

    private IReadOnlyList<WorkedCase> CasesBeside(string path)
    {
        var beside = path[..^".yaml".Length] + CasesEnd;
        return files.Take(beside) is { } root ? new CasesReader(problems, names).OfFile(root, ofScheme: false) : [];
    }

    private void CheckFileName(string path, Indicator indicator)
    {
        var name = path[(path.LastIndexOf('/') + 1)..^".yaml".Length];
        if (indicator.Id.Length == 0 || name == indicator.Id || name.StartsWith(indicator.Id + "-", StringComparison.Ordinal)) return;
        problems.Add(indicator.Location, $"the file of the indicator {indicator.Id} is named {name}.yaml",
            $"rename it {indicator.Id}-some-words.yaml");
    }

    private Block BlockOf(YamlNode node)
    {
        var map = new MapReader(node, "a block", problems, "block", "name", "weight", "source", "indicators");
        var id = map.Code("block");
        var indicators = map.List("indicators").Select(item => IndicatorOf(item, id)).OfType<Indicator>().ToList();
        return new Block(
            id, map.Bilingual("name"), map.Decimal("weight"), indicators, map.Source($"the block {id}"), map.Location);
    }

    private Indicator? IndicatorOf(YamlNode node, string block)
    {
        if (node is not YamlText text)
        {
            var inline = new IndicatorReader(problems, names, files).Read(node, cases: null);
            _listed.Add((inline.Id, inline.Location));
            return inline;
        }

        _listed.Add((text.Text, text.Location));
        if (_files.TryGetValue(text.Text, out var indicator)) return indicator;
        var near = NearestWord.Of(text.Text, _files.Keys);
        problems.Add(text.Location, $"the block {block} lists the indicator '{text.Text}', which has no file",
            (near is null ? "" : $"write '{near}', or ") + $"add {folder}indicators/{text.Text}-some-words.yaml");
        return null;
    }
}
