namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>The identifier octets that are read (X.690, 8.1.2); all of them are single octets.</summary>
internal static class DerTag
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectIdentifier = 0x06;
    public const byte Utf8String = 0x0c;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>Context-specific, primitive.</summary>
    public static byte Primitive(int number) => (byte)(0x80 | number);

    /// <summary>Context-specific, constructed.</summary>
    public static byte Constructed(int number) => (byte)(0xa0 | number);
}
