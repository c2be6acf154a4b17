using Kfm.Provenance;

namespace Kfm.Pipeline.Stages;

/// <summary>The base commit does not hold what its settings name.</summary>
internal sealed class RepositoryBaseException(string message) : KfmException(message);
