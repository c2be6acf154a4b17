using Kfm.Agent.Autonomy;
using Kfm.Agent.Processes;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Pipeline.Verification;

/// <summary>Lets ssh-keygen sign: Kfm never sees the private key, which may lie in an agent or be locked by a passphrase that ssh-keygen asks for.</summary>
internal sealed class SshApprovalSigner : ApprovalSigner
{
    private const int LongestKeyFile = 64 * 1024;
    private static readonly string[] Passed = ["PATH", "HOME", "SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY", "TERM"];
    private readonly HostEnvironment _host;
    private readonly string _path;
    private readonly SshPublicKey _key;

    private SshApprovalSigner(HostEnvironment host, string path, SshPublicKey key) => (_host, _path, _key) = (host, path, key);

    public override string Extension => SshApproval.Extension;

    /// <summary>Takes a private key, or the public one of a key that ssh-agent holds.</summary>
    public static SshApprovalSigner Open(string path, HostEnvironment host)
    {
        var text = File.Exists(path) && new FileInfo(path).Length <= LongestKeyFile ? File.ReadAllText(path) : throw new ApprovalInputException($"'{path}' is no file with a key of SSH.");
        if (text.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            text = File.Exists(path + ".pub") ? File.ReadAllText(path + ".pub") : Run(host, ["-y", "-f", path], default);
        }

        return new SshApprovalSigner(host, Path.GetFullPath(path), SshPublicKey.Parse(text));
    }

    public override Person? Find(PeopleFile people) => people.People.FirstOrDefault(p => p.Ssh.Any(s => s.Key.Key.Equals(_key.Key)));

    public override byte[] Sign(ApprovalStatement statement) => new SshApproval(
        statement,
        SshSignature.Parse(Run(_host, ["-Y", "sign", "-f", _path, "-n", SshApproval.Namespace], statement.ToUtf8()))).ToJson();

    public override void Dispose()
    {
        // ssh-keygen holds the key, and it has ended.
    }

    private static string Run(HostEnvironment host, string[] arguments, ReadOnlyMemory<byte> input)
    {
        var request = new ProcessRequest("ssh-keygen", arguments, Directory.GetCurrentDirectory())
        {
            Input = input,
            Environment = Passed.Select(name => (name, Value: host.Variable(name))).Where(v => v.Value is not null).ToDictionary(v => v.name, v => v.Value!, StringComparer.Ordinal),
            Timeout = TimeSpan.FromMinutes(2),
        };
        var result = new ProcessRunner(new ProcessTimer(TimeProvider.System)).RunAsync(request).GetAwaiter().GetResult();
        return result.Succeeded
            ? result.OutputText
            : throw new ApprovalInputException("ssh-keygen did not sign: " + (result.TimedOut ? "it waited for two minutes" : Agent.PullRequests.VisibleText.Line(result.ErrorText.Trim().ReplaceLineEndings("; "))));
    }
}
