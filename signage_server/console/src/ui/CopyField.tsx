import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy";

/** A value to take elsewhere: an address to type into a board, a token. */
export function CopyField({
  label,
  value,
  description,
}: {
  label: string;
  value: string;
  description?: string;
}) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => setCopied(copyText(value));
  const hint = copied ? t("do.copied") : t("do.copy");
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      rightSectionWidth={48}
      rightSection={
        <Tooltip label={hint}>
          <ActionIcon onClick={copy} aria-label={hint} size={40}>
            {copied ? <IconCheck size={20} /> : <IconCopy size={20} />}
          </ActionIcon>
        </Tooltip>
      }
    />
  );
}
