using System.Text;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Reads the subject alternative name (RFC 5280, 4.2.1.6).</summary>
internal static class AlternativeNames
{
    private const int UserName = 7;

    /// <summary>The texts of e-mail addresses, host names, URIs, and of user names as Fulcio writes them; other names are passed over.</summary>
    /// <exception cref="DerFormatException">The extension is malformed.</exception>
    public static List<string> Read(Certificate certificate)
    {
        List<string> names = [];
        if (certificate.AlternativeName.IsEmpty)
        {
            return names;
        }

        var whole = new DerReader(certificate.AlternativeName.Of(certificate.Raw));
        var reader = new DerReader(whole.Read(DerTag.Sequence));
        while (reader.HasData)
        {
            if (reader.TryRead(DerTag.Primitive(1), out var text) || reader.TryRead(DerTag.Primitive(2), out text) || reader.TryRead(DerTag.Primitive(6), out text))
            {
                names.Add(Ascii.IsValid(text) ? Encoding.ASCII.GetString(text) : throw new DerFormatException("an alternative name is not ASCII"));
            }
            else if (reader.TryRead(DerTag.Constructed(0), out var other))
            {
                Other(other, names);
            }
            else
            {
                _ = reader.ReadEncoded();
            }
        }

        return names;
    }

    private static void Other(ReadOnlySpan<byte> contents, List<string> names)
    {
        var reader = new DerReader(contents);
        if (reader.Read(DerTag.ObjectIdentifier).Below(ObjectId.FulcioClaim) != UserName)
        {
            return;
        }

        var wrapped = new DerReader(reader.Read(DerTag.Constructed(0)));
        reader.End();
        var text = wrapped.Read(DerTag.Utf8String);
        wrapped.End();
        names.Add(System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new DerFormatException("an alternative name is not UTF-8"));
    }
}
