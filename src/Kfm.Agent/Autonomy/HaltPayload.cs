using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Agent.Autonomy;

/// <summary>What the statements of a halt and of its end have in common: an in-toto Statement v1 with one subject, judged by its published schema.</summary>
internal static class HaltPayload
{
    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const int MaxBytes = 1 << 16;

    /// <summary>The schema of a statement.</summary>
    public static Lazy<CompiledSchema> Schema(string name) => new(() => CompiledSchema.Compile(Read($"Kfm.Agent.{name}-v1.schema.json")));

    public static byte[] Write(string subject, Digest digest, string predicateType, JsonObject predicate) => CanonicalJson.Canonicalize(new JsonObject
    {
        ["_type"] = StatementType,
        ["subject"] = new JsonArray(new JsonObject { ["name"] = subject, ["digest"] = new JsonObject { ["sha256"] = digest.Hex } }),
        ["predicateType"] = predicateType,
        ["predicate"] = predicate,
    });

    /// <summary>The members that both have.</summary>
    public static JsonObject Predicate(string repository, string? service, string role, string reason, DateTimeOffset time)
    {
        var predicate = new JsonObject
        {
            ["formatVersion"] = 1,
            ["repository"] = repository,
            ["scope"] = service is null ? HaltStatement.Global : HaltStatement.PerService,
            ["role"] = role,
            ["reason"] = reason,
            ["time"] = EvidenceTime.Format(time),
        };
        if (service is not null)
        {
            predicate["service"] = service;
        }

        return predicate;
    }

    /// <summary>Reads a statement that has the form of its schema; the caller compares the bytes with those that it would write.</summary>
    public static (Digest Subject, JsonElement Predicate) Parse(ReadOnlySpan<byte> utf8, CompiledSchema schema)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new HaltFormatException($"the payload has more than {MaxBytes} bytes", "");
        }

        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            var result = schema.Validate(document.RootElement);
            if (!result.IsValid)
            {
                throw new HaltFormatException(result.Errors[^1].Message, result.Errors[^1].InstancePointer);
            }

            var root = document.RootElement.Clone();
            return (Digest.Parse(Text(root.GetProperty("subject")[0].GetProperty("digest"), "sha256")), root.GetProperty("predicate"));
        }
        catch (JsonFormatException e)
        {
            throw new HaltFormatException(e.Message, e.Pointer, e);
        }
    }

    public static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    public static string? Service(JsonElement predicate) => predicate.TryGetProperty("service", out var service) ? service.GetString() : null;

    public static DateTimeOffset Time(JsonElement predicate) =>
        EvidenceTime.TryParse(Text(predicate, "time"), out var time) ? time : throw new HaltFormatException("the time does not exist", "/predicate/time");

    private static byte[] Read(string resource)
    {
        using var stream = typeof(HaltPayload).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
