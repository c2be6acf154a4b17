using System.Text.Json;
using Kfm.Agent.Codegen.Egress;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Codegen;

/// <summary>Everything that a model is asked with. The digest of its canonical JSON names the request.</summary>
/// <param name="Prompt">The full text of the prompt.</param>
/// <param name="Model">The id of the model.</param>
/// <param name="Seed">The seed.</param>
public sealed record CodegenRequest(string Prompt, string Model, long Seed)
{
    /// <summary>The parameters of the model by name, for example <c>temperature</c>, as texts.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The files that the prompt shows, on which edits of the answer stand. The prompt has their content, so they add nothing to the digest.</summary>
    public IReadOnlyList<PromptFile> Files { get; init; } = [];

    /// <summary>What decides where the prompt may go.</summary>
    /// <value>The most restricted by default.</value>
    public PromptClass PromptClass { get; init; } = PromptClass.Unknown;

    /// <summary>The SHA-256 of the prompt in UTF-8.</summary>
    public Digest PromptDigest => Digest.Of(System.Text.Encoding.UTF8.GetBytes(Prompt));

    /// <summary>The SHA-256 of <see cref="ToJson"/>.</summary>
    public Digest ComputeDigest() => Digest.Of(ToJson());

    /// <summary>The SHA-256 of the canonical JSON of model and parameters: the configuration without prompt and seed.</summary>
    public Digest ComputeConfigDigest() => Digest.Of(Write(withPrompt: false));

    /// <summary>The request as canonical JSON (RFC 8785): model, parameters, prompt and seed (as text, since it has 64 bits).</summary>
    public byte[] ToJson() => Write(withPrompt: true);

    private byte[] Write(bool withPrompt)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("formatVersion", 1);
            writer.WriteString("model", Model);
            writer.WriteStartObject("parameters");
            foreach (var (name, value) in Parameters)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            if (withPrompt)
            {
                writer.WriteString("prompt", Prompt);
                writer.WriteString("seed", Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(stream.ToArray());
    }
}
