namespace Kfm.Gates.Rego;

/// <summary>The kinds of Rego values, in the order in which values of different kinds sort.</summary>
public enum RegoKind
{
    /// <summary>The JSON null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An exact number.</summary>
    Number,

    /// <summary>A string of Unicode code points.</summary>
    String,

    /// <summary>An ordered list.</summary>
    Array,

    /// <summary>A map with keys of any kind.</summary>
    Object,

    /// <summary>A collection without order or repetition.</summary>
    Set,
}
