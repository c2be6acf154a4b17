using System.Text;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Retention;

/// <summary>What a legal hold keeps: the whole log, the entries of a trace, or those about a person.</summary>
public sealed record HoldScope
{
    private const string TracePrefix = "trace:";
    private const string PersonPrefix = "person:";

    private HoldScope(string text) => Text = text;

    /// <summary>The scope as it stands in the log: <c>log</c>, <c>trace:</c> and a UUID, or <c>person:sha256:</c> and a pseudonym.</summary>
    public string Text { get; }

    /// <summary>The whole log: nothing is pruned and nobody is erased.</summary>
    public static HoldScope WholeLog { get; } = new("log");

    /// <summary>The trace that is held, or null.</summary>
    public Guid? TraceId { get; private init; }

    /// <summary>The pseudonym of the person who must not be erased, or null.</summary>
    public Digest? Person { get; private init; }

    /// <summary>The entries of a trace: nothing from the first of them on is pruned.</summary>
    /// <param name="traceId">The id of the trace.</param>
    public static HoldScope Trace(Guid traceId) => new(TracePrefix + traceId.ToString("D")) { TraceId = traceId };

    /// <summary>A person: the key is not destroyed, and nothing from the first entry about them on is pruned.</summary>
    /// <param name="pseudonym">The pseudonym of the person.</param>
    public static HoldScope OfPerson(Digest pseudonym) => new(PersonPrefix + pseudonym) { Person = pseudonym };

    /// <summary>Reads a scope as it stands in the log.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The scope; null when the text is none.</returns>
    public static HoldScope? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == WholeLog.Text)
        {
            return WholeLog;
        }

        if (text.StartsWith(TracePrefix, StringComparison.Ordinal))
        {
            return Guid.TryParseExact(text[TracePrefix.Length..], "D", out var trace) ? Trace(trace) : null;
        }

        return text.StartsWith(PersonPrefix + "sha256:", StringComparison.Ordinal) && Digest.TryParse(text[PersonPrefix.Length..], out var person)
            ? OfPerson(person)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal Digest ToSubject() => Digest.Of(Encoding.UTF8.GetBytes(Text));
}
