namespace Kfm.Provenance.Sbom;

/// <summary>The hash of a component's file.</summary>
/// <param name="Algorithm">The name that CycloneDX gives the algorithm, such as <c>SHA-512</c>.</param>
/// <param name="Hex">The hash in lower-case hexadecimal digits.</param>
public sealed record SbomHash(string Algorithm, string Hex);
