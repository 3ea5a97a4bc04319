using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Pulling;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

public sealed class CredentialSafeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evaluation-safe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string KeyPath => Path.Combine(folder, CredentialSafe.KeyFile);

    [Fact]
    public void Credentials_come_back_as_they_were_and_are_not_readable_on_the_way()
    {
        var safe = new CredentialSafe(folder);
        var kept = safe.Seal("ntu", new Dictionary<string, string> { ["key"] = "open sesame" });
        System.Text.Encoding.Latin1.GetString(kept.Bytes).ShouldNotContain("sesame");
        safe.Open("ntu", kept)["key"].ShouldBe("open sesame");
        safe.Seal("ntu", new Dictionary<string, string> { ["key"] = "open sesame" }).Bytes.ShouldNotBe(kept.Bytes);
    }

    [Fact]
    public void Only_its_owner_may_read_the_key()
    {
        new CredentialSafe(folder).Seal("ntu", new Dictionary<string, string>());
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_lost_key_is_told_with_what_to_do()
    {
        var kept = new CredentialSafe(folder).Seal("ntu", new Dictionary<string, string> { ["key"] = "x" });
        File.Delete(KeyPath);
        var lost = Should.Throw<ImportException>(() => new CredentialSafe(folder).Open("ntu", kept));
        lost.Reason.Zh.ShouldContain("重新录入");
        lost.Reason.En.ShouldContain("enter them anew");
        new CredentialSafe(folder).Seal("other", new Dictionary<string, string>());
        Should.Throw<ImportException>(() => new CredentialSafe(folder).Open("ntu", kept)).Reason.En.ShouldContain(kept.KeyId);
    }

    [Fact]
    public void Credentials_of_one_source_are_no_good_for_another_and_changed_bytes_are_refused()
    {
        var safe = new CredentialSafe(folder);
        var kept = safe.Seal("ntu", new Dictionary<string, string> { ["key"] = "x" });
        Should.Throw<ImportException>(() => safe.Open("cdl", kept)).Reason.En.ShouldContain("tampered");
        kept.Bytes[^1] ^= 1;
        Should.Throw<ImportException>(() => safe.Open("ntu", kept)).Reason.En.ShouldContain("tampered");
    }
}
