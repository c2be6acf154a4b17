namespace Kfm.Gates.Rego;

/// <summary>What an evaluation takes from outside. Nothing else reaches it: no network, no environment, no clock.</summary>
public sealed record EvaluateOptions
{
    internal static readonly EvaluateOptions Default = new();

    /// <summary>The base document below data; null for an empty one.</summary>
    public RegoObject? Data { get; init; }

    /// <summary>The clock of time.now_ns, read once an evaluation. Without one time.now_ns is an error.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>
    /// What rand.intn and uuid.rfc4122 are derived from; empty makes them errors. The same seed and key give the same value, so that an
    /// evaluation can be repeated; take it from a source of randomness where values must not be guessed.
    /// </summary>
    public ReadOnlyMemory<byte> Seed { get; init; }

    /// <summary>What http.send and net.lookup_ip_addr may ask; null makes them errors, and no socket is ever opened.</summary>
    public RegoNetwork? Network { get; init; }

    /// <summary>The limits.</summary>
    public EvaluateLimits Limits { get; init; } = new();

    /// <summary>Errors of builtins abandon the evaluation instead of making the expression undefined.</summary>
    public bool StrictBuiltinErrors { get; init; }

    /// <summary>What opa.runtime answers, such as an object with <c>env</c>; null makes it an error that says so.</summary>
    public RegoObject? Runtime { get; init; }

    /// <summary>Takes the lines that were reached, when the policy was compiled with coverage.</summary>
    public CoverageRecorder? Coverage { get; init; }

    /// <summary>Takes the steps, when the policy was compiled with <see cref="RegoOptions.Trace"/>; called on the evaluating thread.</summary>
    public Action<TraceEvent>? Trace { get; init; }

    /// <summary>Takes the messages of print; null to drop them.</summary>
    public Action<string>? Print { get; init; }

    /// <summary>Abandons the evaluation with eval_cancel_error.</summary>
    public CancellationToken CancellationToken { get; init; }
}
