using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chain;

namespace Kfm.Pipeline.Models;

/// <summary>The cache of answers in a file that <c>--replay</c> reads: what it has is not asked again, what it lacks is added.</summary>
internal sealed class RecordedFile(ICodegenModel model, string file, string name, Func<string, IReadOnlyList<string>> scan) : ICodegenModel
{
    private const string Suffix = ".new";

    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        var known = File.Exists(file) ? ReplayFile.Parse(await File.ReadAllBytesAsync(file, cancellationToken)) : ReplayFile.Empty;
        if (known.Model is { } other && other != name)
        {
            throw new ModelChoiceException("The file that --record names has answers of other models; name another file.");
        }

        var recording = new RecordingModel(model, known, scan);
        var response = await recording.CompleteAsync(request, cancellationToken);
        if (!ReferenceEquals(recording.File, known))
        {
            // A reader sees the old file or the new one, never half of it.
            await File.WriteAllBytesAsync(file + Suffix, recording.File.Of(name).ToBytes(), cancellationToken);
            File.Move(file + Suffix, file, overwrite: true);
        }

        return response;
    }
}
