# The packs that hold, as the policies read them: the files of .github/policy-packs over those that Kfm ships. Written by Kfm.
package kfm.packs

import rego.v1

architecture := json.unmarshal(`{
  "rules": {
    "imports": {
      "mode": "enforce",
      "restrictions": []
    },
    "layers": {
      "layers": [],
      "mode": "enforce"
    }
  }
}`)

licensing := json.unmarshal(`{
  "rules": {
    "licences": {
      "allowed": [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "MS-PL",
        "PostgreSQL",
        "Python-2.0",
        "Unlicense",
        "Zlib"
      ],
      "denied": [
        "AGPL-*",
        "BUSL-*",
        "CC-BY-NC-*",
        "Commons-Clause*",
        "Elastic-*",
        "LicenseRef-Commercial*",
        "LicenseRef-Proprietary*",
        "SSPL-*"
      ],
      "mode": "enforce"
    }
  }
}`)

performance := json.unmarshal(`{
  "rules": {
    "latency": {
      "budgets": [],
      "mode": "enforce",
      "results": []
    },
    "memory": {
      "budgets": [],
      "mode": "enforce"
    },
    "size": {
      "budgets": [],
      "mode": "enforce"
    }
  }
}`)

quality := json.unmarshal(`{
  "gates": {
    "contract": "enforce",
    "data_quality": "enforce",
    "ops": "enforce"
  },
  "rules": {
    "changedCoverage": {
      "minimum": 0.8,
      "mode": "enforce"
    },
    "complexity": {
      "maximum": 15,
      "mode": "enforce"
    },
    "coverage": {
      "minimum": 0.8,
      "mode": "enforce"
    }
  }
}`)

security := json.unmarshal(`{
  "rules": {
    "consent": {
      "data": [],
      "envelopes": "policies/consent-envelopes",
      "mode": "enforce"
    },
    "credentials": {
      "maximumAgeDays": 90,
      "mode": "enforce"
    },
    "endpoints": {
      "anonymous": [],
      "mode": "warn",
      "roles": []
    },
    "provenance": {
      "mode": "enforce"
    },
    "secrets": {
      "mode": "enforce"
    },
    "slsa": {
      "minimum": 1,
      "mode": "enforce"
    },
    "sovereignty": {
      "mode": "enforce"
    }
  }
}`)
