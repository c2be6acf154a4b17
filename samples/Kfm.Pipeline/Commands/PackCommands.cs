using System.CommandLine;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;
using Kfm.Provenance.Packaging;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm pack</c> and <c>kfm normalize</c>: archives that tell nothing but their content.</summary>
internal static class PackCommands
{
    public static IEnumerable<Command> Create(HostEnvironment host) => [Pack(host), Normalize(host)];

    private static Command Pack(HostEnvironment host)
    {
        var folder = new Argument<string>("folder") { Description = "The folder; empty folders in it are left out." };
        var output = new Argument<string>("output") { Description = "The archive: .zip, .nupkg, .jar, .whl, .tar, .tar.gz or .tgz." };
        var epoch = new Option<long?>("--epoch") { Description = "The time of all entries in seconds since 1970 (SOURCE_DATE_EPOCH). Default: 1980-01-01." };
        var store = new Option<bool>("--store") { Description = "Do not compress: the bytes then do not depend on the version of .NET." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("pack", "Pack a folder so that equal contents give equal bytes.") { folder, output, epoch, store, json };
        VerbAction.Set(command, host, (result, token) =>
        {
            var path = result.GetValue(output)!;
            var kind = PackageNormalizer.KindOf(path) switch
            {
                null or PackageKind.Gzip => throw new IOException($"the name '{path}' tells no kind of archive."),
                PackageKind.Tar => ArchiveKind.Tar,
                PackageKind.TarGzip => ArchiveKind.TarGzip,
                _ => ArchiveKind.Zip,
            };
            var options = new PackOptions
            {
                Compression = result.GetValue(store) ? CompressionLevel.NoCompression : CompressionLevel.Optimal,
                SourceDateEpoch = result.GetValue(epoch) is { } seconds ? Time(seconds) : new PackOptions().SourceDateEpoch,
                CancellationToken = token,
            };
            Write(path, stream => ArchiveWriter.WriteDirectory(stream, kind, result.GetValue(folder)!, options));
            return Done(host, result.GetValue(json), "pack", path, []);
        });
        return command;
    }

    private static Command Normalize(HostEnvironment host)
    {
        var input = new Argument<string>("input") { Description = "A .nupkg, .jar, .whl, .zip, .tar, .tar.gz, .tgz, .crate or .gz file." };
        var output = new Argument<string>("output") { Description = "Where the normal form goes." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
        var command = new Command("normalize", "Write the normal form of a package, by which two builds can be compared.") { input, output, json };
        VerbAction.Set(command, host, (result, token) =>
        {
            var from = result.GetValue(input)!;
            if (PackageNormalizer.KindOf(from) is not { } kind)
            {
                throw new IOException($"the name '{from}' tells no kind of package.");
            }

            NormalizedPackage? normal = null;
            var options = new PackOptions { Compression = CompressionLevel.NoCompression, CancellationToken = token };
            Write(result.GetValue(output)!, stream => normal = PackageNormalizer.Normalize(from, stream, kind, options, new() { CancellationToken = token }));
            List<string> notes = [.. normal!.Removed.Select(p => "removed " + p), .. normal.Renamed.Select(p => "renamed " + p), .. normal.Rewritten.Select(p => "rewrote " + p)];
            return Done(host, result.GetValue(json), "normalize", result.GetValue(output)!, notes);
        });
        return command;
    }

    private static DateTimeOffset Time(long seconds) => seconds is >= 0 and < 253_402_300_800
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw new IOException("the epoch lies outside of the years 1970 to 9999.");

    // Beside the target first, so that a failure leaves what was there.
    private static void Write(string path, Action<Stream> write)
    {
        var partial = path + ".part";
        try
        {
            using (var stream = File.Create(partial))
            {
                write(stream);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static Task<int> Done(HostEnvironment host, bool json, string command, string path, IReadOnlyList<string> notes)
    {
        var digest = Digest.OfFile(path);
        if (json)
        {
            var result = new JsonObject
            {
                ["command"] = command,
                ["digest"] = digest.ToString(),
                ["notes"] = new JsonArray([.. notes.Select(n => JsonValue.Create(n))]),
                ["path"] = path,
            };
            host.Out.WriteLine(System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(result)));
        }
        else
        {
            foreach (var note in notes)
            {
                host.Out.WriteLine(note);
            }

            host.Out.WriteLine($"{digest.Hex}  {path}");
        }

        return Task.FromResult(ExitCode.Allow);
    }
}
