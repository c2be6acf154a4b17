using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>A document format that the record is written in: both directions, so that what was written can be read back and compared.</summary>
/// <remarks>
/// The laws: <c>Parse(Project(g))</c> gives exactly the facts of <c>Select(g)</c>, all of them facts of <c>g</c>; and a text that
/// <see cref="Parse"/> accepts is byte for byte the text that the facts it gives are written as, so nothing in it goes unread.
/// The set of formats is closed; a document of another package joins the consistency gate as <see cref="DocumentFacts"/>.
/// </remarks>
public abstract class Projection
{
    private protected Projection()
    {
    }

    /// <summary>The path of the document below the bundle.</summary>
    public abstract string Name { get; }

    private protected abstract DocumentFraming Framing { get; }

    /// <summary>Whether the record has what the document speaks about.</summary>
    /// <param name="graph">The record.</param>
    public bool Applies(EvidenceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return AppliesTo(graph.Facts);
    }

    /// <summary>The facts of the record that the format carries, with the root of the record.</summary>
    /// <param name="graph">The record.</param>
    public FactSet Select(EvidenceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new FactSet(graph.Root, [.. Carried(graph.Facts)], []);
    }

    /// <summary>Writes the document.</summary>
    /// <param name="graph">The record.</param>
    /// <returns>The bytes of the document; for a signed statement the payload of its envelope.</returns>
    /// <exception cref="InvalidOperationException">The record lacks what the document speaks about; ask <see cref="Applies"/>.</exception>
    public byte[] Project(EvidenceGraph graph) => Applies(graph)
        ? Framing.Join(Write(Select(graph)))
        : throw new InvalidOperationException($"The record has nothing that {Name} could speak about.");

    /// <summary>Reads back what a document says.</summary>
    /// <param name="document">The bytes of the document; for a signed statement the payload of its envelope.</param>
    /// <returns>The facts that the document claims, each with its place, and the root that it carries.</returns>
    /// <exception cref="KfmException">The document is not one that <see cref="Project"/> writes; each format has its own type.</exception>
    public FactSet Parse(ReadOnlySpan<byte> document)
    {
        var claims = Read(document);
        var facts = claims.ToFactSet(Error);
        return Difference(facts, document) is var (pointer, message) ? throw Error(message, pointer) : facts;
    }

    /// <summary>Reads what is said without the demand that it fits together: the gate names what differs.</summary>
    internal Claims Read(ReadOnlySpan<byte> document)
    {
        var claims = new Claims();
        var parts = Framing.Split(document, Error);
        Read([.. parts.Select((text, i) => JsonCursor.Open(text, Framing.Pointer(i), (m, p) => Error(m, p)))], claims);
        return claims;
    }

    /// <summary>The first place at which a document is not what a set of facts is written as, or null.</summary>
    internal (string Pointer, string Message)? Difference(FactSet facts, ReadOnlySpan<byte> document)
    {
        var expected = Write(facts);
        var actual = Framing.Split(document, Error);
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            if (expected[i].AsSpan().SequenceEqual(actual[i]))
            {
                continue;
            }

            var (wanted, found) = (JsonCursor.Open(expected[i], "", Error), JsonCursor.Open(actual[i], Framing.Pointer(i), Error));
            if (JsonDifference.First(wanted.Element, found.Element, found.Pointer) is { } difference)
            {
                return difference;
            }
        }

        return expected.Count == actual.Count ? null : ("", $"{expected.Count} lines are expected, not {actual.Count}");
    }

    private protected abstract bool AppliesTo(FactSet facts);

    /// <summary>A part of the facts, in their order.</summary>
    private protected abstract IEnumerable<Fact> Carried(FactSet facts);

    /// <summary>The canonical JSON texts of the document. Total: any set of facts that was read has some text.</summary>
    private protected abstract IReadOnlyList<byte[]> Write(FactSet facts);

    private protected abstract void Read(IReadOnlyList<JsonCursor> parts, Claims claims);

    private protected abstract KfmException Error(string message, string pointer);
}
