using Kfm.Provenance;

namespace Kfm.Pipeline.Verification;

/// <summary>What somebody wants to approve with cannot be used.</summary>
internal sealed class ApprovalInputException(string message) : KfmException(message);
