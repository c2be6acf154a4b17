using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance;

namespace Kfm.Pipeline.Report.Policy;

/// <summary>
/// Which rules gave which reason: the policies of the bundle decide once more over context.json, and their events are kept. Null where the
/// bundle has no policies, or they cannot be evaluated: then the page says the reasons without their rules.
/// </summary>
internal sealed class DecisionTrace
{
    private const int MaximumLines = 14;
    private readonly IReadOnlyList<BodyExplanation> _bodies;
    private readonly Dictionary<string, string[]> _sources;

    private DecisionTrace(IReadOnlyList<BodyExplanation> bodies, IEnumerable<RegoModule> modules) =>
        (_bodies, _sources) = (bodies, modules.ToDictionary(m => m.Path, m => m.Source.Split('\n'), StringComparer.Ordinal));

    /// <summary>Decides once more.</summary>
    public static DecisionTrace? Of(RunBundle bundle)
    {
        var modules = BasePolicies.OfBundle(bundle).Modules;
        if (modules.Count == 0 || !bundle.Has(BundleFiles.Context))
        {
            return null;
        }

        try
        {
            var recorder = new ExplanationRecorder();
            var options = new EvaluateOptions { Limits = new EvaluateLimits(), Trace = recorder.Record };
            RegoEngine.Compile(modules, new RegoOptions { Trace = true }).Prepare(ShippedPolicies.Query).Evaluate(RegoValue.Parse(bundle.Bytes(BundleFiles.Context)), options);
            return new DecisionTrace(recorder.Bodies, modules);
        }
        catch (KfmException)
        {
            return null;
        }
    }

    /// <summary>The bodies that gave a reason or the part of it that says why, the one that made the text first.</summary>
    /// <param name="reason">The reason, as decision.json has it.</param>
    public IReadOnlyList<BodyExplanation> Of(string reason)
    {
        string[] texts = [reason, Core(reason)];
        return [.. _bodies
            .Where(b => b.Values.Any(v => texts.Any(t => Gives(v, t))))
            .OrderBy(b => b.Values.Any(v => v is RegoString s && s.Text == texts[1]) ? 0 : b.Values.Any(v => v is RegoString s && s.Text == reason) ? 2 : 1)
            .ThenBy(b => b.Path, StringComparer.Ordinal).ThenBy(b => b.Row)];
    }

    /// <summary>The source of a body: its lines up to the next empty one.</summary>
    public string Source(BodyExplanation body)
    {
        var lines = _sources.GetValueOrDefault(body.Path, []);
        var start = Math.Max(0, body.Row - 1);
        return string.Join('\n', lines.Skip(start).TakeWhile((l, i) => i == 0 || (l.Trim().Length > 0 && i < MaximumLines)).Select((l, i) => $"{start + i + 1,4}  {l.TrimEnd()}"));
    }

    // "deny: security: licence X denied" is made of the gate's name and the text that a rule gave.
    private static string Core(string reason)
    {
        var parts = reason.Split(": ", 3);
        return parts is ["deny", _, var text] ? text
            : parts is ["review", .. var rest] && string.Join(": ", rest) is var ask && ask.IndexOf(" of ", StringComparison.Ordinal) is > 0 and var at ? ask[(at + 4)..]
            : reason;
    }

    private static bool Gives(RegoValue value, string text) => value switch
    {
        RegoString s => s.Text == text,
        RegoSet set => set.Elements.Any(e => e is RegoString s && s.Text == text),
        _ => false,
    };
}
