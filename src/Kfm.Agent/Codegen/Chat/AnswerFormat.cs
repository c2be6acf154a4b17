using System.Text.Json;
using Kfm.Agent.Codegen.Edits;
using Microsoft.Extensions.AI;

namespace Kfm.Agent.Codegen.Chat;

/// <summary>The form in which a chat model answers: what it is told, and how the answer is read.</summary>
internal static class AnswerFormat
{
    private const string Fence = "```";

    /// <summary>The system prompt. It overrides what the prompt says of the form of an answer, and nothing else.</summary>
    public static string Instructions { get; } = """
        You change a repository. Answer with one JSON object and nothing else:
        {"confidence": C, "edits": [{"path": P, "action": A, "search": S, "replace": R}, ...]}
        Where the message asks for another form of answer, such as a unified diff, this form counts. Everything else in the message holds.
        confidence: from 0 to 1, how sure you are that the change is complete and right. Say less than 0.7 when you would not merge it unread.
        edits: in the order in which they apply, at least one. Paths are relative to the root, with forward slashes.
        action "replace": S is a text that stands exactly once in the file as the message shows it, whole lines with their indentation; R takes its place.
        action "create": S is "", R is the whole content of a new file.
        action "delete": S and R are "".
        action "rename": S is "", R is the new path.
        You can replace, delete and rename only files that the message shows.
        """.ReplaceLineEndings("\n");

    // The subset of JSON Schema that the structured outputs of both providers take: no bounds, every member required.
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "confidence": { "type": "number", "description": "From 0 to 1." },
            "edits": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "path": { "type": "string" },
                  "action": { "type": "string", "enum": ["replace", "create", "delete", "rename"] },
                  "search": { "type": "string" },
                  "replace": { "type": "string" }
                },
                "required": ["path", "action", "search", "replace"],
                "additionalProperties": false
              }
            }
          },
          "required": ["confidence", "edits"],
          "additionalProperties": false
        }
        """;

    /// <summary>The format that the provider is asked to hold the answer to.</summary>
    public static ChatResponseFormat ResponseFormat()
    {
        using var schema = JsonDocument.Parse(Schema);
        return ChatResponseFormat.ForJsonSchema(schema.RootElement.Clone(), "edits", "Edits of the files of a repository.");
    }

    /// <summary>The patch of an answer and its confidence, which a plain diff does not have.</summary>
    /// <exception cref="EditFormatException">The answer is neither a list of edits that fit the files nor a unified diff.</exception>
    public static (string Patch, double? Confidence) Read(string text, IReadOnlyList<PromptFile> files)
    {
        // Of the end only newlines go: a diff may end with an empty line of context.
        var body = Unfenced(text.TrimStart().TrimEnd('\n', '\r'));
        if (body.StartsWith('{'))
        {
            var answer = EditAnswerReader.Read(body);
            return (EditedFiles.ToPatch(files, answer.Edits), answer.Confidence);
        }

        return body.StartsWith("diff --git ", StringComparison.Ordinal)
            ? (body + "\n", null)
            : throw new EditFormatException("the answer is neither a JSON object with edits nor a git unified diff", "");
    }

    /// <summary>The text inside of a code fence, when all of it stands in one.</summary>
    private static string Unfenced(string text)
    {
        var first = text.IndexOf('\n', StringComparison.Ordinal);
        return first > 0 && text.StartsWith(Fence, StringComparison.Ordinal) && text.EndsWith(Fence, StringComparison.Ordinal) && text.Length - Fence.Length > first
            ? text[(first + 1)..^Fence.Length].Trim('\n')
            : text;
    }
}
