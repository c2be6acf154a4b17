using System.Buffers.Text;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>What a client needs of an OIDC token (RFC 7519): the name that Fulcio will put into the certificate. The token is not verified here.</summary>
internal static class OidcToken
{
    private const int MaxChars = 64 * 1024;

    /// <summary>The e-mail address, or the subject where there is none: the challenge of the proof of possession (Fulcio, docs/how-certificate-issuing-works.md).</summary>
    /// <exception cref="KeylessSigningException">The token is not a JSON web token with a subject.</exception>
    public static string Subject(string token)
    {
        var parts = token.Length <= MaxChars ? token.Split('.') : [];
        if (parts.Length != 3 || Decode(parts[1]) is not { } payload)
        {
            throw Error("this is not a JSON web token of three parts");
        }

        var claims = JsonCursor.OpenForeign(payload, static (message, _) => Error("the claims cannot be read: " + message));
        var name = claims.Optional("email") is { IsText: true } email ? email.Text() : claims.Member("sub").Text();
        return name.Length > 0 ? name : throw Error("the subject is empty");
    }

    private static byte[]? Decode(string part)
    {
        var bytes = new byte[part.Length];
        var utf8 = Encoding.UTF8.GetBytes(part);
        return Base64Url.DecodeFromUtf8(utf8, bytes, out _, out var written) == System.Buffers.OperationStatus.Done ? bytes[..written] : null;
    }

    private static KeylessSigningException Error(string message) => new(KeylessService.IdentityToken, message + "; ask the identity provider for a new one");
}
