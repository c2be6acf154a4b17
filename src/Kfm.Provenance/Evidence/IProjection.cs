namespace Kfm.Provenance.Evidence;

/// <summary>A document format that the record is written in: both directions, so that what was written can be read back and compared.</summary>
/// <remarks>
/// The law: <c>Parse(Project(g))</c> gives the facts of <c>Select(g)</c>, which are facts of <c>g</c>; and a text that
/// <see cref="Parse"/> accepts is exactly the text that the facts it gives would be written as.
/// </remarks>
public interface IProjection
{
    /// <summary>The path of the document below the bundle.</summary>
    string Name { get; }

    /// <summary>Whether the record has what the document speaks about.</summary>
    /// <param name="graph">The record.</param>
    bool Applies(EvidenceGraph graph);

    /// <summary>The facts of the record that the format carries, with the root of the record.</summary>
    /// <param name="graph">The record.</param>
    FactSet Select(EvidenceGraph graph);

    /// <summary>Writes the document.</summary>
    /// <param name="graph">The record; <see cref="Applies"/> holds for it.</param>
    /// <returns>The bytes of the document; for a signed statement the payload of its envelope.</returns>
    /// <exception cref="InvalidOperationException">The record lacks what the document speaks about.</exception>
    byte[] Project(EvidenceGraph graph);

    /// <summary>Reads back what a document says.</summary>
    /// <param name="document">The bytes of the document; for a signed statement the payload of its envelope.</param>
    /// <returns>The facts that the document claims, each with its place, and the root that it carries.</returns>
    /// <exception cref="KfmException">The document is not one that <see cref="Project"/> writes; each format has its own type.</exception>
    FactSet Parse(ReadOnlySpan<byte> document);
}
