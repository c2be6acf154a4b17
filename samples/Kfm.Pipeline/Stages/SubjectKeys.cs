using System.Security.Cryptography;
using Kfm.Ledger;
using Kfm.Ledger.Erasure;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Stages;

/// <summary>The keys of personal fields: a database for each ledger, under a master key that lies apart from it and is the user's own.</summary>
internal static class SubjectKeys
{
    private const int MasterBytes = 32;

    public static SubjectKeyStore Open(string? path, TransparencyLog log, HostEnvironment host) => SubjectKeyStore.Open(
        new SubjectKeyOptions
        {
            Path = path ?? Path.Combine(host.StateFolder, "subjects", Digest.Of(System.Text.Encoding.UTF8.GetBytes(log.Origin)).Hex[..16] + ".db"),
            MasterKey = Master(Path.Combine(host.StateFolder, "keys", "subjects.key")),
        },
        log);

    // Two processes may make the key at once: the first to create the file wins.
    private static byte[] Master(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            try
            {
                using var file = new FileStream(path, options);
                file.Write(RandomNumberGenerator.GetBytes(MasterBytes));
            }
            catch (IOException) when (File.Exists(path))
            {
                // The other process has made it.
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == MasterBytes ? key : throw new LedgerException(LedgerFault.Damaged, $"'{path}' has not {MasterBytes} bytes, so it is no master key.");
    }
}
