using Kfm.Provenance;

namespace Kfm.Pipeline.Attestations;

/// <summary>What was given to an attestation command cannot be used.</summary>
internal sealed class AttestationInputException(string message) : KfmException(message);
