using System.Text;
using System.Text.Json.Nodes;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary>A query that is evaluated once.</summary>
internal sealed record PolicyQuery(string Query, string Format)
{
    /// <summary>The paths of policies and data.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>The input, or null for none.</summary>
    public RegoValue? Input { get; init; }

    /// <summary>Evaluates and prints.</summary>
    /// <returns>The exit code of <c>opa eval</c>.</returns>
    public int Run(HostEnvironment host, bool fail, bool failDefined, CancellationToken cancellationToken)
    {
        try
        {
            var files = PolicyFiles.Load(Data);
            var options = new EvaluateOptions { Data = files.Data, Clock = host.Time, CancellationToken = cancellationToken };
            var result = RegoEngine.Compile(files.Modules).Prepare(Query).Evaluate(Input, options);
            host.Out.Write(Format switch
            {
                "pretty" => OpaEvalOutput.Pretty(result),
                "raw" => Raw(result),
                _ => OpaEvalOutput.Json(result),
            });
            return OpaEvalOutput.ExitCode(result, fail, failDefined);
        }
        catch (RegoCompileException e)
        {
            host.Out.Write(OpaEvalOutput.Json(e.Errors));
            return OpaEvalOutput.ErrorExitCode;
        }
    }

    private static string Raw(QueryResult result)
    {
        var json = result.ToCanonicalJson();
        var node = json is null ? null : JsonNode.Parse(json);
        return json is null ? "" : (node is JsonValue value && value.TryGetValue<string>(out var text) ? text : Encoding.UTF8.GetString(json)) + "\n";
    }
}
