namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A curve of RFC 5656, section 10.1.</summary>
internal sealed record SshCurve(string Name, string Oid, int Bytes)
{
    private static readonly SshCurve[] All =
    [
        new("nistp256", SchemeTable.P256, 32), new("nistp384", SchemeTable.P384, 48), new("nistp521", SchemeTable.P521, 66),
    ];

    /// <summary>The curve of a kind of key such as <c>ecdsa-sha2-nistp256</c>, or null.</summary>
    public static SshCurve? Find(string type) => Array.Find(All, c => type == "ecdsa-sha2-" + c.Name);
}
