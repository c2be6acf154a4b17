namespace Kfm.Provenance.Json;

internal enum TapeKind : byte
{
    /// <summary>A value whose bytes in the source are its canonical form.</summary>
    Raw,

    /// <summary>A string or number whose canonical form stands in the side buffer.</summary>
    Side,

    /// <summary>A member name without escapes.</summary>
    Name,

    /// <summary>A member name with escapes; a block of the side buffer holds it.</summary>
    EscapedName,

    Array,
    Object,
}
