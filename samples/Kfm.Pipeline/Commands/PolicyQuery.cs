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

    /// <summary>How the policies are read.</summary>
    public PolicySourceOptions Source { get; init; } = new();

    /// <summary>Whether to tell which bodies fired and which expressions failed.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether to tell how often each body was evaluated.</summary>
    public bool Profile { get; init; }

    /// <summary>The input, or null for none.</summary>
    public RegoValue? Input { get; init; }

    /// <summary>Evaluates and prints.</summary>
    /// <returns>The exit code of <c>opa eval</c>.</returns>
    public int Run(HostEnvironment host, System.CommandLine.ParseResult line, bool fail, bool failDefined, CancellationToken cancellationToken)
    {
        try
        {
            var files = Source.Load(line, Data);
            var recorder = Explain || Profile ? new ExplanationRecorder() : null;
            var options = new EvaluateOptions { Data = files.Data, Clock = host.Time, CancellationToken = cancellationToken, Trace = recorder is null ? null : recorder.Record };
            var policy = RegoEngine.Compile(files.Modules, Source.Compile(line) with { Trace = recorder is not null });
            var result = policy.Prepare(Query).Evaluate(Input, options);
            host.Out.Write(Format switch
            {
                "pretty" => OpaEvalOutput.Pretty(result) + Report(recorder),
                "raw" => Raw(result),
                _ => recorder is null ? OpaEvalOutput.Json(result) : OpaEvalOutput.Json(result, Members(recorder)),
            });
            return OpaEvalOutput.ExitCode(result, fail, failDefined);
        }
        catch (RegoCompileException e)
        {
            host.Out.Write(OpaEvalOutput.Json(e.Errors));
            return OpaEvalOutput.ErrorExitCode;
        }
    }

    private string Report(ExplanationRecorder? recorder)
    {
        if (recorder is null)
        {
            return "";
        }

        var profile = Counts(recorder).Select(b => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{b.Tried,10}  {b.Path}:{b.Row}  {b.Rule}\n"));
        return (Explain ? "\n" + ExplanationText.Of(recorder.Bodies) : "") + (Profile ? "\n" + string.Concat(profile) : "");
    }

    private IEnumerable<(string Name, RegoValue Value)> Members(ExplanationRecorder recorder)
    {
        if (Explain)
        {
            yield return ("explanation", ExplanationText.Json(recorder.Bodies));
        }

        if (Profile)
        {
            yield return ("profile", ExplanationText.Json(Counts(recorder)));
        }
    }

    private static List<BodyExplanation> Counts(ExplanationRecorder recorder) => [.. recorder.Bodies.OrderByDescending(b => b.Tried)];

    private static string Raw(QueryResult result)
    {
        var json = result.ToCanonicalJson();
        var node = json is null ? null : JsonNode.Parse(json);
        return json is null ? "" : (node is JsonValue value && value.TryGetValue<string>(out var text) ? text : Encoding.UTF8.GetString(json)) + "\n";
    }
}
