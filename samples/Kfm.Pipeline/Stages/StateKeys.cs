using System.Globalization;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Stages;

/// <summary>The user's own keys: made on first use, readable by the user alone.</summary>
internal static class StateKeys
{
    /// <summary>The key that signs statements: the file given, else the user's own.</summary>
    public static LocalSigningKey Signing(string? path, string stateFolder) => Load(path, Path.Combine(stateFolder, "keys", "signing.pem"));

    /// <summary>The key that signs checkpoints: the file given, else the user's own.</summary>
    /// <exception cref="KeyFormatException">There is no such key, or signed notes have no signatures of its kind.</exception>
    public static LocalSigningKey Log(string? path, string stateFolder)
    {
        var key = Load(path, Path.Combine(stateFolder, "keys", "log.pem"));
        if (key.PublicKey.Scheme is SignatureScheme.EcdsaP256Sha256 or SignatureScheme.Ed25519)
        {
            return key;
        }

        key.Dispose();
        throw new KeyFormatException("The key of a log is one of ECDSA over P-256 or of Ed25519.");
    }

    /// <summary>The user's own key, or null when none was made yet.</summary>
    public static LocalSigningKey? Existing(string name, string stateFolder)
    {
        var path = Path.Combine(stateFolder, "keys", name);
        return File.Exists(path) ? LocalSigningKey.Load(path) : null;
    }

    private static LocalSigningKey Load(string? given, string own)
    {
        if (given is not null || File.Exists(own))
        {
            return LocalSigningKey.Load(given ?? own);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        return Make(own);
    }

    // Two runs may make the key at once: the first to give it its name wins, and nobody reads half a key.
    private static LocalSigningKey Make(string own)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{own}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        var key = EcdsaSigningKey.Create();
        key.Save(temporary);
        try
        {
            File.Move(temporary, own, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(own))
        {
            key.Dispose();
            File.Delete(temporary);
            return LocalSigningKey.Load(own);
        }
    }
}
