namespace Kfm.Agent.Codegen;

/// <summary>The published JSON Schema (2020-12) of agent.json.</summary>
public static class AgentLogSchema
{
    private const string Resource = "Kfm.Agent.agent-v1.schema.json";

    /// <summary>The <c>$id</c> of the schema of format version 1.</summary>
    public const string Id = "https://kfm.dev/schemas/agent-v1.schema.json";

    /// <summary>The schema of format version 1, UTF-8.</summary>
    public static byte[] Version1()
    {
        using var stream = typeof(AgentLogSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
