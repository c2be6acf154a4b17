using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Agent.Autonomy;

/// <summary>An approval that a key of SSH has signed: <c>{ "formatVersion": 1, "statement": base64, "signature": base64 }</c>.</summary>
/// <param name="Statement">What was signed: the bytes of an <see cref="ApprovalStatement"/> themselves.</param>
/// <param name="Signature">The signature, as <c>ssh-keygen -Y sign -n kfm-approval@v1</c> makes it.</param>
public sealed record SshApproval(ApprovalStatement Statement, SshSignature Signature)
{
    /// <summary>The namespace of the signature; of another one it approves nothing.</summary>
    public const string Namespace = "kfm-approval@v1";

    /// <summary>What the name of such a file ends in.</summary>
    public const string Extension = ".sshsig.json";

    /// <summary>The file: RFC 8785 canonical JSON and a newline.</summary>
    public byte[] ToJson() =>
    [
        .. CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["formatVersion"] = 1,
            ["statement"] = Convert.ToBase64String(Statement.ToUtf8()),
            ["signature"] = Convert.ToBase64String(Signature.Blob.Span),
        }.ToJsonString())),
        (byte)'\n',
    ];

    /// <summary>Reads a file; only the exact bytes that <see cref="ToJson"/> writes are accepted.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="ApprovalFormatException">The file is something else.</exception>
    public static SshApproval Parse(ReadOnlySpan<byte> utf8)
    {
        SshApproval approval;
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            approval = new SshApproval(
                ApprovalStatement.Parse(Bytes(document.RootElement, "statement")),
                SshSignature.FromBlob(Bytes(document.RootElement, "signature")));
        }
        catch (JsonFormatException e)
        {
            throw new ApprovalFormatException(e.Message, e.Pointer, e);
        }
        catch (SshSignatureFormatException e)
        {
            throw new ApprovalFormatException(e.Message, "/signature", e);
        }

        return approval.ToJson().AsSpan().SequenceEqual(utf8)
            ? approval
            : throw new ApprovalFormatException("the file is not in the one form that an approval by SSH has", "");
    }

    private static byte[] Bytes(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new ApprovalFormatException($"'{name}' must be base64", "/" + name);
}
