using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Kfm.Testing.GitHub;

namespace Kfm.Pipeline.Tests.GitHub;

/// <summary>
/// A small repository whose origin is served by git over HTTP on the loopback, beside an API that speaks as GitHub does; people with keys, logins and roles; and a
/// host whose environment holds the token.
/// </summary>
internal sealed class PullRequestRun : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly GitRepository _git = new();
    private readonly StringBuilder _said = new();

    public PullRequestRun(Action<JsonObject>? settings = null, Action<JsonObject>? people = null)
    {
        using var lead = EcdsaSigningKey.Create();
        lead.Save(PathOf("lead.pem"));
        var file = new JsonObject
        {
            ["formatVersion"] = 1,
            ["people"] = new JsonArray(Person("person:lead", "lead", "ada", lead.PublicKey), Person("person:author", "lead", "author", null), Person("person:manager", "manager", "grace", null)),
        };
        people?.Invoke(file);
        var config = new JsonObject
        {
            ["formatVersion"] = 1,
            ["project"] = new JsonObject { ["name"] = "widgets" },
            ["people"] = ".kfm/people.json",
            ["risk"] = new JsonObject { ["low"] = new JsonArray("docs/**"), ["medium"] = new JsonArray("src/**") },
        };
        settings?.Invoke(config);
        _git.Write("kfm.json", config.ToJsonString());
        _git.Write(".kfm/people.json", file.ToJsonString());
        _git.Write("CODEOWNERS", "/src/ @owner @acme/crew mail@example.org\n/docs/ @writer\n");
        _git.Write("docs/a.md", "one\ntwo\n");
        _git.Write("src/a.txt", "one\ntwo\n");
        _git.Commit("base");
        Remote = PathOf("widgets.git");
        _git.Run("init", "--quiet", "--bare", Remote);
        _git.Run("push", "--quiet", Remote, "main");
        _git.Run("remote", "add", "origin", Server.Address + "acme/widgets.git");
        Server.GitRoot = Remote;
        Server.State.HeadOf = branch => _git.Run("--git-dir", Remote, "rev-parse", "refs/heads/" + branch).Trim();
        Server.State.Collaborators.UnionWith(["owner", "acme/crew", "ada", "grace", "writer"]);
        Variables["GITHUB_TOKEN"] = Server.Token;
        Variables["GITHUB_API_URL"] = Server.Address.AbsoluteUri;
        Variables["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
        Variables["HOME"] = _folder.Path;
    }

    public FakeGitHub Server { get; } = new();

    public WaitingTimeProvider Time { get; } = new();

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Remote { get; }

    public string Repository => _git.Path;

    public string Bundle => PathOf("bundle");

    /// <summary>All that was printed.</summary>
    public string Said => _said.ToString();

    /// <summary>The only pull request.</summary>
    public JsonObject Pull => Server.State.PullRequests.Single();

    /// <summary>The head that the record names.</summary>
    public string Head => (string)Evidence["head"]!;

    /// <summary>The trace of the record.</summary>
    public JsonObject Evidence => Trace(JsonNode.Parse(File.ReadAllBytes(Path.Combine(Bundle, "evidence.json")))!)!;

    public string PathOf(string relative) => _folder.Combine(relative);

    public string State => PathOf("state");

    public static JsonObject Step(string script) => new() { ["command"] = new JsonArray("sh", "-c", script) };

    /// <summary><c>kfm run --github</c> on a patch of a file.</summary>
    public Task<CommandResult> ProposeAsync(string file = "docs/a.md", params string[] more) => RunAsync(["run", .. Proposal(file), .. more]);

    /// <summary>The options that make the proposal.</summary>
    public string[] Proposal(string file = "docs/a.md")
    {
        var patch = _folder.Write("p.diff", $"diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1,2 +1,3 @@\n one\n two\n+three\n");
        return ["--repo", Repository, "--patch", patch, "--intent", "Document it", "--author", "person:author", "--run-id", "7", "--out", Bundle, .. GitHub];
    }

    public string[] GitHub => ["--github", "acme/widgets"];

    public async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new HostEnvironment(output, error, TextReader.Null, Time, State, Interactive: false) { Variable = name => Variables.GetValueOrDefault(name) };
        var code = await KfmCommandLine.RunAsync(args, host);
        _said.Append(output).Append(error);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary>The states of the gate on a commit, oldest first.</summary>
    public IEnumerable<string> Statuses(string commit) => Server.State.Statuses.Where(s => s.Commit == commit && (string)s.Status["context"]! == "kfm/gate").Select(s => (string)s.Status["state"]!);

    /// <summary>The text of Kfm's comment.</summary>
    public string Comment => (string)Server.State.Comments.Single(c => ((string)c.Comment["body"]!).StartsWith("<!-- kfm:gate", StringComparison.Ordinal)).Comment["body"]!;

    public void Dispose()
    {
        Server.Dispose();
        _git.Dispose();
        _folder.Dispose();
    }

    private static JsonObject Person(string id, string role, string login, VerificationKey? key) => new()
    {
        ["id"] = id,
        ["roles"] = new JsonArray(role),
        ["keys"] = key is null ? new JsonArray() : new JsonArray(key.ToPem()),
        ["github"] = login,
    };

    private static JsonObject? Trace(JsonNode? node) => node switch
    {
        JsonObject o when o["kind"] is JsonValue kind && kind.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)kind! == "trace" => o,
        JsonObject o => o.Select(m => Trace(m.Value)).FirstOrDefault(t => t is not null),
        JsonArray a => a.Select(Trace).FirstOrDefault(t => t is not null),
        _ => null,
    };
}
