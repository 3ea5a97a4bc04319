namespace Evaluation.Web.Tests.Commands;

/// <summary>A folder of a test, gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // Root's database server runs as another user, who must be able to enter: otherwise the cluster would stand elsewhere.
    private const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public TemporaryFolder() => File.SetUnixFileMode(Path, Enterable);

    public string Path { get; } = Directory.CreateTempSubdirectory("evaluation-test-").FullName;

    public string Below(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
