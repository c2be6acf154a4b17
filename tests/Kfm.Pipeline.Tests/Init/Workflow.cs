using Kfm.Gates.Rego;

namespace Kfm.Pipeline.Tests.Init;

/// <summary>A workflow or composite action as GitHub reads it: what of it a test runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">The whole file as JSON.</param>
internal sealed record Workflow(string Name, System.Text.Json.Nodes.JsonObject Document)
{
    /// <summary>Reads a file; YAML by the builtin of the policy engine.</summary>
    public static Workflow Read(string path)
    {
        var query = RegoEngine.Compile([new RegoModule("y.rego", "package y\n\nvalue := yaml.unmarshal(input)\n")]).Prepare("data.y.value");
        var value = query.Evaluate(RegoValue.Of(File.ReadAllText(path))).ToCanonicalJson();
        var document = System.Text.Json.Nodes.JsonNode.Parse(value!)!.AsObject();
        return new Workflow(document["name"]!.GetValue<string>(), document);
    }

    /// <summary>The steps of its only job.</summary>
    public IEnumerable<System.Text.Json.Nodes.JsonObject> Steps =>
        (Document["jobs"]?.AsObject().Single().Value!["steps"] ?? Document["runs"]!["steps"])!.AsArray().Select(s => s!.AsObject());

    /// <summary>The name of the workflow after which it runs; null for one that a person starts.</summary>
    public string? After => (Document["on"] ?? Document["true"])?["workflow_run"]?["workflows"]?[0]?.GetValue<string>();
}
