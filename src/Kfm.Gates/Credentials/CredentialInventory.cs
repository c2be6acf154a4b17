using System.Text.Json;
using Kfm.Gates.Decisions;

namespace Kfm.Gates.Credentials;

/// <summary>Names of credentials and when each was made new, never the credentials (schemas/credentials-v1.schema.json).</summary>
public sealed class CredentialInventory
{
    private readonly (string Name, DateTimeOffset Since)[] _credentials;

    private CredentialInventory((string Name, DateTimeOffset Since)[] credentials) => _credentials = credentials;

    /// <summary>Reads an inventory.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="CredentialFormatException">The file is no inventory, or names a credential twice.</exception>
    public static CredentialInventory Parse(ReadOnlySpan<byte> utf8)
    {
        var root = ValidatedJson.Read(utf8, PublishedSchemas.Credentials, (message, pointer) => new CredentialFormatException(message, pointer));
        var credentials = root.GetProperty("credentials").EnumerateArray().Select((item, i) => (Name: item.Text("name"), Since: Since(item, i))).ToArray();
        return credentials.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() == credentials.Length
            ? new CredentialInventory(credentials)
            : throw new CredentialFormatException("a credential stands here twice", "/credentials");
    }

    /// <summary>The age of each credential in whole days, by name, ordinal.</summary>
    /// <param name="time">The time of the run.</param>
    /// <exception cref="CredentialFormatException">A credential was made new after that time.</exception>
    public IReadOnlyList<KeyValuePair<string, int>> AgesAt(DateTimeOffset time) => Array.Find(_credentials, c => c.Since > time) is { Name: { } early }
        ? throw new CredentialFormatException($"'{early}' was made new in the future", "/credentials")
        : [.. _credentials.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => KeyValuePair.Create(c.Name, (int)(time - c.Since).TotalDays))];

    private static DateTimeOffset Since(JsonElement item, int index)
    {
        var name = item.OptionalText("rotated") is null ? "created" : "rotated";
        return ValidatedJson.TryTime(item.Text(name), out var time) ? time : throw new CredentialFormatException("the time does not exist", $"/credentials/{index}/{name}");
    }
}
