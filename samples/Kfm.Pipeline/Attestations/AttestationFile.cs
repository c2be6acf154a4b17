namespace Kfm.Pipeline.Attestations;

/// <summary>Reads the files that the attestation commands are given.</summary>
internal static class AttestationFile
{
    private const int MaxBytes = 64 << 20;

    /// <exception cref="AttestationInputException">The file is larger than 64 MiB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] Read(string path) => new FileInfo(path).Length <= MaxBytes
        ? File.ReadAllBytes(path)
        : throw new AttestationInputException($"'{path}' has more than {MaxBytes} bytes.");
}
