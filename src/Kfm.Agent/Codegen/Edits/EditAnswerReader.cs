using System.Text.Json;

namespace Kfm.Agent.Codegen.Edits;

/// <summary>Reads an answer in structured edits: a closed JSON format. Errors name places and never quote what stands there.</summary>
internal static class EditAnswerReader
{
    private const int Deepest = 8;
    private const int MostEdits = 1_000;
    private static readonly string[] Members = ["confidence", "edits"];
    private static readonly string[] EditMembers = ["path", "action", "search", "replace"];

    /// <summary>Reads an answer.</summary>
    /// <exception cref="EditFormatException">The text is not an answer.</exception>
    public static EditAnswer Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            return Answer(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new EditFormatException($"the answer is not JSON at byte {e.BytePositionInLine ?? 0} of its line {(e.LineNumber ?? 0) + 1}", "");
        }
    }

    private static EditAnswer Answer(JsonElement root)
    {
        Expect(root, Members, "");
        var confidence = root.GetProperty("confidence");
        if (confidence.ValueKind != JsonValueKind.Number || !confidence.TryGetDouble(out var value) || value is not (>= 0 and <= 1))
        {
            throw new EditFormatException("the confidence is a number from 0 to 1", "/confidence");
        }

        var edits = root.GetProperty("edits");
        if (edits.ValueKind != JsonValueKind.Array || edits.GetArrayLength() is 0 or > MostEdits)
        {
            throw new EditFormatException($"an array of 1 to {MostEdits} edits is expected", "/edits");
        }

        return new EditAnswer(value, [.. edits.EnumerateArray().Select((edit, i) => Edit(edit, $"/edits/{i}"))]);
    }

    private static FileEdit Edit(JsonElement edit, string pointer)
    {
        Expect(edit, EditMembers, pointer);
        var action = Text(edit, "action", pointer) switch
        {
            "replace" => EditAction.Replace,
            "create" => EditAction.Create,
            "delete" => EditAction.Delete,
            "rename" => EditAction.Rename,
            _ => throw new EditFormatException("an action is replace, create, delete or rename", pointer + "/action"),
        };
        return new FileEdit(Text(edit, "path", pointer), action, Text(edit, "search", pointer), Text(edit, "replace", pointer));
    }

    private static void Expect(JsonElement element, string[] members, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object || element.GetPropertyCount() != members.Length || !Array.TrueForAll(members, m => element.TryGetProperty(m, out _)))
        {
            throw new EditFormatException($"an object with exactly the members {string.Join(", ", members)} is expected", pointer);
        }
    }

    private static string Text(JsonElement edit, string name, string pointer)
    {
        var value = edit.GetProperty(name);
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Contains('\0')
                ? text
                : throw new EditFormatException("a text without U+0000 is expected", $"{pointer}/{name}");
        }
        catch (InvalidOperationException)
        {
            throw new EditFormatException("the text has half a surrogate pair", $"{pointer}/{name}");
        }
    }
}
