using System.Buffers;
using System.Text;

namespace Kfm.Provenance.Evidence;

/// <summary>What a single fact must be like, whatever else is in the record.</summary>
internal static class FactLimits
{
    /// <summary>The longest text that a fact may hold, in UTF-16 code units.</summary>
    public const int MaxText = 16 * 1024;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static void ThrowIfMalformed(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (Problem(fact) is { } problem)
        {
            throw new ArgumentException($"A fact of the kind {FactJson.Kind(fact)} is malformed: {problem}.", nameof(fact));
        }
    }

    /// <summary>What is wrong with a fact, or null.</summary>
    public static string? Problem(Fact fact) => fact switch
    {
        ActedFor f => Text(f.Actor, "actor") ?? Text(f.Principal, "principal"),
        Actor f => Word(f.Kind, "kind") ?? Text(f.Id, "id") ?? OptionalText(f.Version, "version"),
        Artifact f => Text(f.Name, "name") ?? Text(f.MediaType, "mediaType") ?? Text(f.Classification, "classification") ?? Word(f.Role, "role")
            ?? (f.Size < 0 || f.Size > MaxSafeInteger ? "the size is negative or above 2^53" : null)
            ?? (f.GitObject is null ? null : Commit(f.GitObject, "gitObject")),
        AssociatedWith f => Key(f.Run) ?? Text(f.Actor, "actor") ?? Text(f.Role, "role"),
        Decided f => Key(f.Run) ?? Word(f.Verdict, "verdict") ?? Reasons(f.Reasons),
        DerivedFrom f => Key(f.Run),
        Generated f => Key(f.Run),
        InformedBy f => Key(f.Run) ?? Key(f.Earlier),
        Labelled f => Key(f.Run) ?? Text(f.Name, "name") ?? TextOrEmpty(f.Value, "value"),
        Measured f => Key(f.Run) ?? Text(f.Metric, "metric") ?? Text(f.Unit, "unit") ?? (double.IsFinite(f.Value) ? null : "the value is not finite"),
        Run f => Key(f.Key) ?? Word(f.Outcome, "outcome") ?? (f.Parent is { } parent ? Key(parent) : null)
            ?? (EvidenceTime.IsWhole(f.Started) && EvidenceTime.IsWhole(f.Ended)
                ? null
                : "a time has a part below the millisecond; cut it with EvidenceTime.Truncate"),
        Tested f => Key(f.Run) ?? Text(f.Name, "name") ?? Word(f.Status, "status") ?? (f.Detail is null ? null : TextOrEmpty(f.Detail, "detail")),
        Trace f => Trace(f),
        Used f => Key(f.Run) ?? Text(f.Role, "role"),
        _ => "the kind is not known",
    };

    // RFC 8785 writes numbers as IEEE doubles.
    private const long MaxSafeInteger = 1L << 53;

    private static string? Trace(Trace f) => Text(f.Repository, "repository")
        ?? (Uri.TryCreate(f.Repository, UriKind.Absolute, out var uri) ? null : "the repository is not an absolute URI")
        ?? (uri!.UserInfo.Contains(':', StringComparison.Ordinal) ? "the repository holds credentials" : null)
        ?? Commit(f.BaseCommit, "base") ?? Commit(f.HeadCommit, "head")
        ?? OptionalText(f.PullRequest, "pullRequest") ?? Text(f.WorkflowRun, "workflowRun")
        ?? (f.Attempt >= 1 ? null : "the attempt is below 1");

    private static string? Key(RunKey key) => Word(key.Stage, "stage") ?? (key.Attempt >= 1 ? null : "the attempt of the run is below 1");

    private static string? Word<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value) ? null : $"the {name} is not defined";

    private static string? Text(string? value, string name) => string.IsNullOrEmpty(value) ? $"the {name} is empty" : TextOrEmpty(value, name);

    private static string? OptionalText(string? value, string name) => value is null ? null : Text(value, name);

    private static string? TextOrEmpty(string? value, string name) => value switch
    {
        null => $"the {name} is null",
        { Length: > MaxText } => $"the {name} is longer than {MaxText}",
        _ => HasLoneSurrogate(value) ? $"the {name} has a lone surrogate" : null,
    };

    private static bool HasLoneSurrogate(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(value, out _, out var length) != OperationStatus.Done)
            {
                return true;
            }

            value = value[length..];
        }

        return false;
    }

    private static string? Commit(string? value, string name) => value is { Length: 40 } && !value.AsSpan().ContainsAnyExcept(LowerHex)
        ? null
        : $"the {name} is not 40 lower-case hexadecimal digits";

    private static string? Reasons(FactList<string> reasons)
    {
        for (var i = 0; i < reasons.Count; i++)
        {
            if (Text(reasons[i], "reason") is { } problem)
            {
                return problem;
            }

            if (i > 0 && string.CompareOrdinal(reasons[i - 1], reasons[i]) >= 0)
            {
                return "the reasons are not sorted, or one stands twice";
            }
        }

        return null;
    }
}
