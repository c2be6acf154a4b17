namespace Kfm.Provenance.JsonSchema;

/// <summary>A version of JSON Schema, in the order in which they were published.</summary>
public enum SchemaDialect
{
    /// <summary>Draft 4.</summary>
    Draft4,

    /// <summary>Draft 6.</summary>
    Draft6,

    /// <summary>Draft 7.</summary>
    Draft7,

    /// <summary>Draft 2019-09.</summary>
    Draft201909,

    /// <summary>Draft 2020-12.</summary>
    Draft202012,
}
