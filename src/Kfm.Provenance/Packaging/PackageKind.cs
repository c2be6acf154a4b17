namespace Kfm.Provenance.Packaging;

/// <summary>What a file is for its reader: which parts of it say how it was built rather than what it is.</summary>
public enum PackageKind
{
    /// <summary>A zip of no further meaning.</summary>
    Zip,

    /// <summary>A NuGet package (nupkg, snupkg).</summary>
    NuGet,

    /// <summary>A Java archive (jar, war, ear).</summary>
    Jar,

    /// <summary>A Python wheel (whl).</summary>
    Wheel,

    /// <summary>A tar.</summary>
    Tar,

    /// <summary>A tar compressed by gzip (tar.gz, tgz, crate).</summary>
    TarGzip,

    /// <summary>One file compressed by gzip.</summary>
    Gzip,
}
