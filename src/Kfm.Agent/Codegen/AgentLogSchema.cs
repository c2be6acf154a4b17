namespace Kfm.Agent.Codegen;

/// <summary>The published JSON Schemas (2020-12) of agent.json.</summary>
public static class AgentLogSchema
{
    /// <summary>The <c>$id</c> of the schema of format version 1.</summary>
    public const string Id = "https://kfm.dev/schemas/agent-v1.schema.json";

    /// <summary>The <c>$id</c> of the schema of format version 2.</summary>
    public const string Id2 = "https://kfm.dev/schemas/agent-v2.schema.json";

    /// <summary>The schema of format version 1, UTF-8.</summary>
    public static byte[] Version1() => Read("Kfm.Agent.agent-v1.schema.json");

    /// <summary>The schema of format version 2, UTF-8.</summary>
    public static byte[] Version2() => Read("Kfm.Agent.agent-v2.schema.json");

    private static byte[] Read(string resource)
    {
        using var stream = typeof(AgentLogSchema).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
