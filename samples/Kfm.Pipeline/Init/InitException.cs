using Kfm.Provenance;

namespace Kfm.Pipeline.Init;

/// <summary>A directory cannot be made a governed repository.</summary>
internal sealed class InitException(string message) : KfmException(message);
