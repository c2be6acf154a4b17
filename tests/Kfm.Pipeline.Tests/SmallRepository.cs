using System.Text.Json.Nodes;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>A repository without .NET whose steps are shell one-liners, so that a whole run takes a second.</summary>
public sealed class SmallRepository : IDisposable
{
    private readonly GitRepository _git = new();

    public SmallRepository(Action<JsonObject>? change = null, Action<SmallRepository>? more = null)
    {
        var settings = new JsonObject
        {
            ["formatVersion"] = 1,
            ["project"] = new JsonObject { ["name"] = "small" },
        };
        change?.Invoke(settings);
        _git.Write("kfm.json", settings.ToJsonString());
        _git.Write("docs/a.md", "one\ntwo\n");
        _git.Write("schemas/rows.schema.json", """{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"],"additionalProperties":false}""");
        _git.Write("data/rows.csv", "id\n1\n2\n");
        more?.Invoke(this);
        _git.Commit("base");
    }

    public string Path => _git.Path;

    /// <summary>A patch that adds a line to docs/a.md.</summary>
    public static string Patch => """
        diff --git a/docs/a.md b/docs/a.md
        --- a/docs/a.md
        +++ b/docs/a.md
        @@ -1,2 +1,3 @@
         one
         two
        +three

        """.ReplaceLineEndings("\n");

    public static JsonObject Step(string script) => new() { ["command"] = new JsonArray("sh", "-c", script) };

    public static JsonObject Build(string script)
    {
        var step = Step(script);
        step["artifacts"] = new JsonArray("out/*");
        return step;
    }

    public void Write(string path, string text) => _git.Write(path, text);

    public void Dispose() => _git.Dispose();
}
