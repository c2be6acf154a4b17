using Kfm.Provenance;

namespace Kfm.Pipeline.Models;

/// <summary>The caller picks a model that the base does not have, or cannot reach it.</summary>
internal sealed class ModelChoiceException(string message) : KfmException(message);
