namespace Evaluation.Jobs.Storage;

/// <summary>The schema cannot be brought up to date: what is wrong, and what to do about it.</summary>
public sealed class MigrationException(string zh, string en, Exception? inner = null)
    : Exception($"{zh}{Environment.NewLine}{en}", inner)
{
    public string Zh { get; } = zh;

    public string En { get; } = en;
}
