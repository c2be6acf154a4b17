using System.Text.Json;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Agent.Autonomy;

/// <summary>Reads what a people file says of GitHub and of SSH.</summary>
internal static class PeopleFields
{
    private const int MaximumKeys = 16;
    private const int LongestLogin = 100;

    public static bool Flag(JsonElement value, string pointer) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw new PeopleFormatException("true or false is expected", pointer);

    public static string Login(JsonElement value, string pointer) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestLogin } login && login.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? login
            : throw new PeopleFormatException("a login has letters, digits, '-' and '_', without @", pointer);

    public static AllowedSigner[] Signers(JsonElement value, string id, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaximumKeys)
        {
            throw new PeopleFormatException($"an array of at most {MaximumKeys} lines is expected", pointer);
        }

        return [.. value.EnumerateArray().Select((line, i) => Signer(line, id, $"{pointer}/{i}"))];
    }

    private static AllowedSigner Signer(JsonElement line, string id, string pointer)
    {
        try
        {
            var signer = AllowedSigner.Parse(line.ValueKind == JsonValueKind.String ? line.GetString()! : "");
            return signer.IsFor(id)
                ? signer
                : throw new PeopleFormatException($"the principals of the line are not {id}; write '{id} kind base64'", pointer);
        }
        catch (AllowedSignerFormatException e)
        {
            throw new PeopleFormatException(e.Message, pointer, e);
        }
    }
}
