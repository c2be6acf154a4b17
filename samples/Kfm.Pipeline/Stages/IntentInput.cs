using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Agent.Intents;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Stages;

/// <summary>Reads what the caller gives as intent: a text, a file with a text, or a JSON file <c>{ "text", "origin"?, "issue"?, "author"?, "time"? }</c>.</summary>
internal static class IntentInput
{
    private const string Nobody = "person:unknown";
    private const long Longest = 1 << 20;
    private static readonly string[] Known = ["formatVersion", "text", "origin", "issue", "author", "time"];

    /// <summary>Reads the intent.</summary>
    /// <exception cref="IntentFormatException">It is empty, too long, or a JSON file of another form.</exception>
    public static Intent Read(string given, string? author, DateTimeOffset now)
    {
        if (!File.Exists(given))
        {
            return NotEmpty(new Intent(given, "command-line", null, author ?? Nobody, now));
        }

        if (new FileInfo(given).Length > Longest)
        {
            throw new IntentFormatException("the file of an intent has at most 1 MiB", "");
        }

        var bytes = File.ReadAllBytes(given);
        return NotEmpty(given.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? OfJson(bytes, author, now)
            : new Intent(Encoding.UTF8.GetString(bytes), "file", null, author ?? Nobody, now));
    }

    private static Intent OfJson(byte[] bytes, string? author, DateTimeOffset now)
    {
        try
        {
            var root = JsonNode.Parse(CanonicalJson.Canonicalize(bytes)) as JsonObject ?? throw new IntentFormatException("an object is expected", "");
            if (root.FirstOrDefault(m => !Known.Contains(m.Key, StringComparer.Ordinal)).Key is { } unknown)
            {
                throw new IntentFormatException("this member is not known", "/" + unknown);
            }

            var time = Text(root, "time");
            return new Intent(
                Text(root, "text") ?? throw new IntentFormatException("the text is missing", "/text"),
                Text(root, "origin") ?? "file",
                Text(root, "issue"),
                author ?? Text(root, "author") ?? Nobody,
                time is null ? now : EvidenceTime.TryParse(time, out var at) ? at : throw new IntentFormatException("a time is written yyyy-MM-ddTHH:mm:ss.fffZ", "/time"));
        }
        catch (JsonFormatException e)
        {
            throw new IntentFormatException(e.Message, e.Pointer);
        }
    }

    private static Intent NotEmpty(Intent intent) =>
        intent.Author.StartsWith("person:", StringComparison.Ordinal) && intent.Author.Length is > 7 and <= 200
            ? string.IsNullOrWhiteSpace(intent.Text) ? throw new IntentFormatException("the text of an intent is empty; say what is asked", "/text") : intent
            : throw new IntentFormatException("an author is written person: and a pseudonymous id, never a name", "/author");

    private static string? Text(JsonObject root, string name) => root[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new IntentFormatException("a text is expected", "/" + name),
    };
}
