using System.Text.Json.Nodes;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.GitHub;

/// <summary>Approvals that the real ssh-keygen signs.</summary>
public sealed class SshApprovalTests : IDisposable
{
    private readonly SshKeygen _ssh = new();

    [SshKeygenTheory]
    [InlineData("ed25519", null)]
    [InlineData("ecdsa", 384)]
    [InlineData("rsa", 3072)]
    public async Task Key_of_SSH_approves(string type, int? bits)
    {
        using var run = Repository(_ssh.Create("key", type, bits), "person:lead namespaces=\"kfm-*\"");
        Assert.True((await run.ProposeAsync("src/a.txt")).ExitCode == 3, run.Said);

        var approved = await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key"));
        Assert.True(approved.ExitCode == 0, run.Said);
        Assert.EndsWith(".sshsig.json", Approval(run), StringComparison.Ordinal);
        var verified = await run.RunAsync("verify", run.Bundle);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("signed with a key of SSH", verified.Output, StringComparison.Ordinal);

        // What ssh-keygen itself says of the same bytes.
        var file = JsonNode.Parse(File.ReadAllText(Approval(run)))!;
        File.WriteAllText(_ssh.PathOf("allowed"), "person:lead " + File.ReadAllText(_ssh.PathOf("key.pub")));
        File.WriteAllText(_ssh.PathOf("sig"), Armored((string)file["signature"]!));
        var theirs = _ssh.Run(Convert.FromBase64String((string)file["statement"]!), "-Y", "verify", "-f", _ssh.PathOf("allowed"), "-I", "person:lead", "-n", "kfm-approval@v1", "-s", _ssh.PathOf("sig"));
        Assert.Equal(0, theirs.ExitCode);
    }

    [SshKeygenTheory]
    [InlineData("person:lead namespaces=\"file\"", "may not sign for the namespace")]
    [InlineData("person:lead valid-before=\"20200101\"", "not valid any more")]
    [InlineData("person:lead valid-after=\"20300101\"", "not valid yet")]
    public async Task Key_that_may_not_sign_now_or_for_this_approves_nothing(string line, string reason)
    {
        using var run = Repository(_ssh.Create("key", "ed25519"), line);
        await run.ProposeAsync("src/a.txt");

        var result = await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Bundle, "approvals")));
    }

    [SshKeygenTheory]
    [InlineData("person:author", "wrote the intent")]
    [InlineData("person:manager", "does not have the role")]
    public async Task Key_of_another_person_approves_nothing(string person, string reason)
    {
        using var run = Repository(_ssh.Create("key", "ed25519"), person);
        await run.ProposeAsync("src/a.txt");

        Assert.Contains(reason, (await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key"))).Output, StringComparison.Ordinal);
    }

    [SshKeygenTheory]
    [InlineData("ed25519", null)]
    public async Task Signature_that_was_changed_or_is_for_something_else_is_refused(string type, int? bits)
    {
        using var run = Repository(_ssh.Create("key", type, bits), "person:lead");
        await run.ProposeAsync("src/a.txt");
        Assert.Equal(0, (await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key"))).ExitCode);
        var path = Approval(run);
        var good = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        File.Delete(path);
        var statement = Convert.FromBase64String((string)good["statement"]!);
        var other = _ssh.Sign("key", "file", statement);
        var fromStranger = Stranger(statement);
        (string Member, JsonNode? Value)[] changes =
        [
            ("signature", Blob(other)), ("signature", Blob(fromStranger)), ("signature", "AAAA"), ("signature", null), ("signature", 7), ("signature", "!"),
            ("statement", Convert.ToBase64String([.. statement, (byte)' '])), ("statement", "e30="), ("statement", ""), ("formatVersion", 2), ("more", 1),
        ];
        foreach (var (member, value) in changes)
        {
            var changed = (JsonObject)good.DeepClone();
            changed[member] = value?.DeepClone();
            var bytes = (byte[])[.. Provenance.Json.CanonicalJson.Canonicalize(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString())), (byte)'\n'];
            var name = Path.Combine(run.Bundle, Verification.BundleApprovals.Name("lead", bytes, ".sshsig.json"));
            File.WriteAllBytes(name, bytes);
            var verified = await run.RunAsync("verify", run.Bundle, "--json");
            Assert.True(verified.ExitCode == 2 && verified.Output.Contains("\"rule\":\"approval\"", StringComparison.Ordinal), member + verified.Output);
            File.Delete(name);
        }
    }

    [Fact]
    public async Task Command_takes_one_kind_of_key()
    {
        using var run = new PullRequestRun();
        Assert.Equal(1, (await run.RunAsync("approve", run.Bundle, "--role", "lead")).ExitCode);
        Assert.Equal(1, (await run.RunAsync("approve", run.Bundle, "--role", "lead", "--key", "a", "--ssh-key", "b")).ExitCode);
    }

    public void Dispose() => _ssh.Dispose();

    private static PullRequestRun Repository(string key, string line)
    {
        var (principal, options) = (line.Split(' ')[0], line.Contains(' ', StringComparison.Ordinal) ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] + " " : "");
        return new PullRequestRun(people: people => people["people"]!.AsArray().First(p => (string)p!["id"]! == principal)!["ssh"] = new JsonArray($"{principal} {options}{key}"));
    }

    private static string Approval(PullRequestRun run) => Directory.GetFiles(Path.Combine(run.Bundle, "approvals")).Single();

    private static string Armored(string blob) => Provenance.Signing.Ssh.SshSignature.FromBlob(Convert.FromBase64String(blob)).ToArmored();

    private static string Blob(string armored) => Convert.ToBase64String(Provenance.Signing.Ssh.SshSignature.Parse(armored).Blob.Span);

    private string Stranger(byte[] statement)
    {
        _ssh.Create("stranger", "ed25519");
        return _ssh.Sign("stranger", "kfm-approval@v1", statement);
    }
}
