using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Attestations;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm attest</c>: signs a claim about files as an in-toto statement in a DSSE envelope.</summary>
internal static class AttestCommand
{
    private static readonly Option<string[]> Subject = new("--subject") { Description = "A file, or name@sha256:HEX; may be given again.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Manifest = new("--manifest") { Description = "An artifact manifest, whose files become subjects." };
    private static readonly Option<string?> Type = new("--type") { Description = $"The type of the predicate: a URI or one of {PredicateTypes.Known}." };
    private static readonly Option<string?> Predicate = new("--predicate") { Description = "The predicate: a file with a JSON object; it is kept byte for byte." };
    private static readonly Option<string?> BuilderId = new("--builder-id") { Description = "Without --predicate: the builder of SLSA provenance 1." };
    private static readonly Option<string?> BuildType = new("--build-type") { Description = "Without --predicate: the type of the build." };
    private static readonly Option<string?> InvocationId = new("--invocation-id") { Description = "Without --predicate: the id of the run." };
    private static readonly Option<string[]> Key = new("--key") { Description = "A private key (PKCS#8 in PEM: ECDSA, RSA or Ed25519); may be given again.", Required = true };
    private static readonly Option<string?> Password = new("--password-file") { Description = "A file with the password of encrypted keys." };
    private static readonly Option<string?> Output = new("--output") { Description = "Where the envelope goes. Default: standard output." };
    private static readonly Option<bool> Json = new("--json") { Description = "With --output, print what was signed as one JSON object." };

    public static Command Create(HostEnvironment host)
    {
        var command = new Command("attest", "Sign a claim about files. Exit code: 0 signed, 1 what was given cannot be used.")
        {
            Subject, Manifest, Type, Predicate, BuilderId, BuildType, InvocationId, Key, Password, Output, Json,
        };
        VerbAction.Set(command, host, (result, token) => RunAsync(result, host, token));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, HostEnvironment host, CancellationToken cancellationToken)
    {
        var request = new AttestRequest
        {
            Subjects = result.GetValue(Subject)!,
            Manifest = result.GetValue(Manifest),
            Type = result.GetValue(Type),
            Predicate = result.GetValue(Predicate),
            BuilderId = result.GetValue(BuilderId),
            BuildType = result.GetValue(BuildType),
            InvocationId = result.GetValue(InvocationId),
            Keys = result.GetValue(Key)!,
            PasswordFile = result.GetValue(Password),
        };
        var envelope = await request.SignAsync(cancellationToken);
        if (result.GetValue(Output) is not { } path)
        {
            await host.Out.WriteAsync(Encoding.UTF8.GetString(envelope.ToJson()));
            return ExitCode.Allow;
        }

        await File.WriteAllBytesAsync(path, envelope.ToJson(), cancellationToken);
        var keys = envelope.Signatures.Select(s => s.KeyId).ToList();
        await host.Out.WriteLineAsync(result.GetValue(Json)
            ? new JsonObject { ["command"] = "attest", ["output"] = path, ["keys"] = new JsonArray([.. keys.Select(k => (JsonNode?)k)]) }.ToJsonString()
            : $"signed by {string.Join(", ", keys)}: {path}");
        return ExitCode.Allow;
    }
}
