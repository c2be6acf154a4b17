using System.Text;
using System.Text.Unicode;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Reads the extensions in which Fulcio keeps the claims of the OIDC token.</summary>
internal static class ClaimReader
{
    // Up to here the octet string holds the text itself, from 8 on a UTF8String; 7 names a user in the subject alternative name.
    private const int LastRaw = 6;

    /// <summary>Finds a claim; false when there is none.</summary>
    public static bool TryFind(Certificate certificate, int number, out ReadOnlySpan<byte> value)
    {
        var reader = new DerReader(certificate.Extensions.Of(certificate.Raw));
        while (reader.HasData)
        {
            if (Next(ref reader, out value) == number)
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    public static SortedDictionary<int, string> All(Certificate certificate)
    {
        var claims = new SortedDictionary<int, string>();
        var reader = new DerReader(certificate.Extensions.Of(certificate.Raw));
        while (reader.HasData)
        {
            if (Next(ref reader, out var value) is > 0 and var number)
            {
                claims[number] = Encoding.UTF8.GetString(value);
            }
        }

        return claims;
    }

    /// <summary>Refuses claims that are no text, so that they can be read later without a fault.</summary>
    /// <exception cref="DerFormatException">A claim is not UTF-8, or not in the string type of its number.</exception>
    public static void Check(Certificate certificate)
    {
        var reader = new DerReader(certificate.Extensions.Of(certificate.Raw));
        while (reader.HasData)
        {
            if (Next(ref reader, out var value) > 0 && !Utf8.IsValid(value))
            {
                throw new DerFormatException("a claim is not UTF-8");
            }
        }
    }

    // Steps over one extension; its number, or -1 when it is no claim.
    private static int Next(scoped ref DerReader reader, out ReadOnlySpan<byte> value)
    {
        var extension = new DerReader(reader.Read(DerTag.Sequence));
        var number = extension.Read(DerTag.ObjectIdentifier).Below(ObjectId.FulcioClaim);
        _ = extension.TryRead(DerTag.Boolean, out _);
        value = extension.Read(DerTag.OctetString);
        if (number <= LastRaw)
        {
            return number;
        }

        var text = new DerReader(value);
        value = text.Read(DerTag.Utf8String);
        text.End();
        return number;
    }
}
