using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>One keyword, compiled. Returns whether the instance meets it, and notes what it evaluated.</summary>
internal delegate bool KeywordCheck(ValidationRun run, JsonElement instance, Evaluated? evaluated);

/// <summary>One schema, compiled: a list of keyword checks. A recursive schema is a cycle of nodes.</summary>
internal sealed class SchemaNode(SchemaResource resource, string location)
{
    public SchemaResource Resource { get; } = resource;

    /// <summary>Where the schema stands, as errors name it.</summary>
    public string Location { get; } = location;

    /// <summary>Set for the schemas <c>true</c> and <c>false</c>.</summary>
    public bool? Constant { get; set; }

    public KeywordCheck[] Checks { get; set; } = [];
}
