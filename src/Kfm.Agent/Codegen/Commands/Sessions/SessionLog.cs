using System.Text;
using System.Text.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>Reads session logs of agents: one JSON value, or JSON lines. A log of an unknown form is a result, never an error.</summary>
/// <remarks>
/// Each object is offered to every known form; the one that knows most of them is that of the log. Lines that are no JSON are passed over. At most
/// 200,000 objects of at most 64 levels are read, and names and versions only when they are short and plain.
/// </remarks>
public static class SessionLog
{
    private const int MostObjects = 200_000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a log.</summary>
    /// <param name="log">The bytes of the log.</param>
    public static SessionFacts Read(ReadOnlyMemory<byte> log)
    {
        SessionForm[] forms = [new KfmForm(), new ClaudeCodeForm(), new CodexExecForm(), new CodexRolloutForm(), new AiderForm()];
        var objects = 0;
        foreach (var document in Documents(log))
        {
            using (document)
            {
                foreach (var item in Items(document.RootElement).Take(MostObjects - objects))
                {
                    objects++;
                    Array.ForEach(forms, form => form.Offer(item));
                }
            }
        }

        var best = forms.MaxBy(form => form.Known)!;
        var facts = best.Known > 0 ? best.Facts : new SessionFacts { Format = "unknown", NotRead = "the form of the log is not known" };
        return facts with { Digest = Digest.Of(log.Span), Bytes = log.Length };
    }

    private static IEnumerable<JsonElement> Items(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => [root],
        JsonValueKind.Array => root.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object),
        _ => [],
    };

    private static IEnumerable<JsonDocument> Documents(ReadOnlyMemory<byte> log)
    {
        if (Parse(log) is { } whole)
        {
            yield return whole;
            yield break;
        }

        var objects = 0;
        while (!log.IsEmpty && objects < MostObjects)
        {
            var end = log.Span.IndexOf((byte)'\n');
            var line = end < 0 ? log : log[..end];
            log = end < 0 ? default : log[(end + 1)..];
            if (line.Span.TrimStart(" \t\r"u8).StartsWith("{"u8) && Parse(line) is { } document)
            {
                objects++;
                yield return document;
            }
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
